"""All settings, from environment variables `FRONTDOOR_…` (and `DATABASE_URL`). A wrong one stops start-up with its name."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableSetting

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it."""


class Contact(BaseModel):
    """One rung of the escalation ladder. Any of the three ways may be set; every one that is gets the page."""

    name: str
    sms: str | None = None
    email: str | None = None
    webhook: str | None = None


class Settings(BaseSettings):
    """Defaults run the whole of Front Door on one machine with embedded SQLite and the SMS channel off."""

    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_", extra="ignore", populate_by_name=True)

    var: Path = ROOT / "var"
    models: Path = ROOT / "models"
    database_url: str = Field("", validation_alias=AliasChoices("DATABASE_URL", "FRONTDOOR_DATABASE_URL"))
    secret_key: SecretStr = SecretStr("")

    host: str = "127.0.0.1"
    gateway_port: int = 8080
    console_port: int = 8081
    engine_port: int = 8082
    actions_port: int = 8083
    engine_timeout: float = Field(8.0, gt=0, description="seconds")
    messages_per_minute: int = Field(
        30, gt=0, description="of one web conversation; more are kept and screened, but answered 429"
    )
    sessions_per_minute: int = Field(
        120, gt=0, description="chats opened or taken up from one address; behind a proxy that is not trusted, from all"
    )
    trusted_proxies: str = Field(
        "", description="addresses, with commas, of the proxies whose X-Forwarded-For says who is there; empty: of none"
    )

    public_address: str = Field(
        "", description="as residents and Twilio reach the gateway, e.g. https://frontdoor.example"
    )
    console_address: str = Field("", description="as staff reach the console; links in pages to crisis outreach use it")
    cookies_secure: bool = False
    login_idle_minutes: float = Field(30.0, gt=0, description="of not using the console after which a login ends")
    login_hours: float = Field(12.0, gt=0, le=24, description="after which a login ends though it is used")
    second_factor: Literal["optional", "required"] = Field(
        "optional", description="of accounts with a password: six digits from an authenticator beside it"
    )
    oidc_issuer: str = Field("", description="the OpenID Connect provider that staff may log in at; empty: none")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_role_claim: str = Field("groups", description="the claim of its ID token that says what somebody is")
    oidc_roles: dict[str, str] = Field(
        default={},
        description='JSON, each of its groups with a role here: {"spa-clinicians": "clinician"}; first match',
    )
    oidc_name: str = Field("your organisation", description="as the button on the login page calls it")
    embedding_origins: str = Field(
        "",
        pattern=r"^\s*(https?://[\w.-]+(:\d+)?(\s*,\s*https?://[\w.-]+(:\d+)?)*)?\s*$",
        description="origins, with commas, of the sites whose pages may show the chat in a panel; empty: of none",
    )

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from: str = Field("", description="E.164 number or short code texts are sent from")
    twilio_messaging_service_sid: str = ""
    texts_per_second: float = Field(
        1.0, gt=0, le=1000, description="that all workers together send: what the number or messaging service may"
    )
    texts_together_seconds: float = Field(
        3.0, ge=0, le=30, description="texts of one phone that come within these of each other are read as one message"
    )
    quiet_hours: str = Field(
        "21:00-08:00",
        pattern=r"^\s*(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?\s*$",
        description="in London, when no reminder is sent; empty: none. Replies and crisis texts go at any hour",
    )
    reminder_minutes: float = Field(
        30.0,
        ge=0,
        description="of silence after which an unfinished conversation by text is reminded of, once; 0: never",
    )
    close_texts_hours: float = Field(
        48.0, gt=1, description="of silence after which an unfinished conversation by text is put away"
    )
    close_chats_days: float = Field(
        7.0,
        gt=1,
        description="of silence after which an unfinished chat is put away; a saved chat's code is good for 7",
    )
    twilio_base_url: str = Field("", description="instead of Twilio's own address; for tests and simulators")

    escalation_contacts: list[Contact] = Field(default=[], description="JSON list, first contact first")
    escalation_minutes: float = Field(
        5.0, gt=0, description="minutes before an unacknowledged page goes to the next contact"
    )
    webhook_secret: SecretStr = SecretStr("")
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_from: str = "frontdoor@localhost"

    staff_silence_minutes: float = Field(
        10.0,
        gt=0,
        description="that a resident waits for a person who joined the conversation, until the assistant takes up again",
    )

    draft_days: int = Field(30, gt=0, description="days an unsent draft is kept")
    transcript_days: int = Field(365, gt=0, description="days message text is kept after the conversation ended")

    @property
    def sms_enabled(self) -> bool:
        """Whether texts can be received and sent."""
        return bool(self.twilio_account_sid)

    @property
    def embedders(self) -> tuple[str, ...]:
        """Origins of the sites whose pages may show the chat."""
        return tuple(origin.strip() for origin in self.embedding_origins.split(",") if origin.strip())

    @property
    def database(self) -> str:
        """SQLAlchemy URL; embedded SQLite under `var` unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite:///{self.var / 'frontdoor.sqlite3'}"


def load() -> Settings:
    """Read the environment. Raises SettingsError naming the variable; makes `var/` and its secret key the first time."""
    try:
        settings = Settings()
    except UnreadableSetting as e:
        name = str(e).split('"')[1].upper()
        raise SettingsError(f"FRONTDOOR_{name} is not the JSON it should be") from e
    except ValidationError as e:
        names = ", ".join(
            "FRONTDOOR_" + str(error["loc"][0]).upper().removeprefix("FRONTDOOR_") for error in e.errors()
        )
        raise SettingsError(f"wrong setting: {names}") from e
    if settings.sms_enabled:
        _require_for_sms(settings)
    if settings.oidc_issuer:
        _require_for_oidc(settings)
    settings.var.mkdir(parents=True, exist_ok=True)
    if not settings.secret_key.get_secret_value():
        settings.secret_key = SecretStr(_own_secret(settings.var / "secret.key"))
    return settings


def _require_for_sms(settings: Settings) -> None:
    needed = {
        "FRONTDOOR_TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "FRONTDOOR_PUBLIC_ADDRESS": settings.public_address,
        "FRONTDOOR_TWILIO_FROM or FRONTDOOR_TWILIO_MESSAGING_SERVICE_SID": settings.twilio_from
        or settings.twilio_messaging_service_sid,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise SettingsError(f"FRONTDOOR_TWILIO_ACCOUNT_SID is set, so these are needed too: {', '.join(missing)}")


def _require_for_oidc(settings: Settings) -> None:
    needed = {
        "FRONTDOOR_OIDC_CLIENT_ID": settings.oidc_client_id,
        "FRONTDOOR_OIDC_CLIENT_SECRET": settings.oidc_client_secret.get_secret_value(),
        "FRONTDOOR_OIDC_ROLES": settings.oidc_roles,
        "FRONTDOOR_CONSOLE_ADDRESS": settings.console_address,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise SettingsError(f"FRONTDOOR_OIDC_ISSUER is set, so these are needed too: {', '.join(missing)}")


def _own_secret(path: Path) -> str:
    """The key signed sessions are made with, drawn once per installation and readable by its owner only."""
    if not path.exists():
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
