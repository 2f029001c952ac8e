"""Tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint("action <> ''", name=op.f("ck_audit_entry_action")),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_audit_entry_actor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_subject_id", "audit_entry", ["subject", "id"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("web", "sms", name="channel", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=32), nullable=True),
        sa.Column("reference", sa.String(length=16), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "withdrawn",
                "ended",
                "forgotten",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ask", sa.String(length=64), nullable=True),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blanked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index(
        "ix_conversation_address_last_inbound_at", "conversation", ["address", "last_inbound_at"], unique=False
    )
    op.create_index(op.f("ix_conversation_reference"), "conversation", ["reference"], unique=False)
    op.create_index("ix_conversation_state_last_inbound_at", "conversation", ["state", "last_inbound_at"], unique=False)
    op.create_index(
        "uq_conversation_open_address",
        "conversation",
        ["address"],
        unique=True,
        sqlite_where=sa.text("state = 'open' AND address IS NOT NULL"),
        postgresql_where=sa.text("state = 'open' AND address IS NOT NULL"),
    )
    op.create_table(
        "delivery_status",
        sa.Column("provider_id", sa.String(length=128), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_delivery_status")),
    )
    op.create_table(
        "opt_out",
        sa.Column("address", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_opt_out")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "clinician",
                "support_worker",
                "crisis_outreach",
                "manager",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_staff_name")),
        sa.CheckConstraint("username <> '' AND username = lower(username)", name=op.f("ck_staff_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_table(
        "introduction",
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "in_review",
                "contact_attempted",
                "in_contact",
                "routed",
                "closed",
                "withdrawn",
                "duplicate",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("priority_code", sa.Integer(), nullable=False),
        sa.Column("priority_rank", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assignee", sa.String(length=128), nullable=True),
        sa.Column(
            "destination",
            sa.Enum(
                "crisis_outreach",
                "short_term_support",
                "focused_support",
                "treehouse",
                "home_treatment_team",
                "talking_therapies",
                "amhp_assessment",
                "community_mental_health_team",
                "housing_or_voluntary_sector",
                "gp",
                "camhs",
                "older_adults",
                "other_borough",
                "advice_only",
                name="destination",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("priority_code IN (1, 2, 3, 4)", name=op.f("ck_introduction_priority_code")),
        sa.CheckConstraint("priority_rank IN (0, 1, 2, 3)", name=op.f("ck_introduction_priority_rank")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_introduction_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_introduction")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_introduction_conversation_id")),
    )
    op.create_index("ix_introduction_queue", "introduction", ["status", "priority_rank", "submitted_at"], unique=False)
    op.create_table(
        "login",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_login_staff_id_staff")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login")),
    )
    op.create_index(op.f("ix_login_staff_id"), "login", ["staff_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=True),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "author",
            sa.Enum(
                "resident", "assistant", "staff", name="author", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "text",
                "crisis",
                "summary",
                "receipt",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("ask", sa.String(length=64), nullable=True),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("multi", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reference", sa.String(length=16), nullable=True),
        sa.Column("answers_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received", "done", "failed", "sent", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("media", sa.Integer(), nullable=False),
        sa.CheckConstraint("(author = 'resident') = (state <> 'sent')", name=op.f("ck_message_state_of_author")),
        sa.CheckConstraint("media >= 0", name=op.f("ck_message_media")),
        sa.ForeignKeyConstraint(["answers_seq"], ["message.seq"], name=op.f("fk_message_answers_seq_message")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_message")),
        sa.UniqueConstraint("conversation_id", "id", name=op.f("uq_message_conversation_id_id")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_message_answers_seq"), "message", ["answers_seq"], unique=False)
    op.create_index("ix_message_conversation_id_seq", "message", ["conversation_id", "seq"], unique=False)
    op.create_index("ix_message_pending", "message", ["state", "conversation_id", "seq"], unique=False)
    op.create_table(
        "outbox_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("sms", "email", "webhook", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(length=2048), nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("page", "reply", "reminder", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued", "leased", "sent", "failed", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_id", sa.String(length=128), nullable=True),
        sa.Column("provider_status", sa.String(length=32), nullable=True),
        sa.Column("error", sa.String(length=128), nullable=True),
        sa.CheckConstraint("recipient <> ''", name=op.f("ck_outbox_item_recipient")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_item_attempts")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_outbox_item_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_item")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_item_dedupe_key")),
    )
    op.create_index(op.f("ix_outbox_item_conversation_id"), "outbox_item", ["conversation_id"], unique=False)
    op.create_index("ix_outbox_item_due", "outbox_item", ["state", "not_before", "rank", "id"], unique=False)
    op.create_index(
        "ix_outbox_item_kind_recipient_state_id", "outbox_item", ["kind", "recipient", "state", "id"], unique=False
    )
    op.create_index(op.f("ix_outbox_item_provider_id"), "outbox_item", ["provider_id"], unique=False)
    op.create_index("ix_outbox_item_provider_status_state", "outbox_item", ["provider_status", "state"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("message_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "crisis_imminent",
                "crisis_active",
                "harm_to_others",
                "self_harm",
                "safeguarding",
                "passive_low",
                "third_party",
                "screen_failed",
                "historical",
                "negated",
                "none",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "flag",
            sa.Enum("red", "amber", "none", name="flag", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("asked", sa.String(length=64), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("ms", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_assessment_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["message_seq"], ["message.seq"], name=op.f("fk_assessment_message_seq_message")),
        sa.PrimaryKeyConstraint("message_seq", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_conversation_id_at", "assessment", ["conversation_id", "at"], unique=False)
    op.create_table(
        "escalation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("message_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "crisis_imminent",
                "crisis_active",
                "harm_to_others",
                "self_harm",
                "safeguarding",
                "passive_low",
                "third_party",
                "screen_failed",
                "historical",
                "call_back",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "flag",
            sa.Enum("red", "amber", "none", name="flag", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open", "acknowledged", "closed", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("whereabouts", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("alerts", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=128), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=128), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("flag <> 'none'", name=op.f("ck_escalation_flagged")),
        sa.CheckConstraint(
            "state <> 'acknowledged' OR acknowledged_by IS NOT NULL",
            name=op.f("ck_escalation_acknowledged_by_a_person"),
        ),
        sa.CheckConstraint("state <> 'closed' OR closed_by IS NOT NULL", name=op.f("ck_escalation_closed_by_a_person")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_escalation_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["message_seq"], ["message.seq"], name=op.f("fk_escalation_message_seq_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("code", name=op.f("uq_escalation_code")),
    )
    op.create_index(op.f("ix_escalation_conversation_id"), "escalation", ["conversation_id"], unique=False)
    op.create_index("ix_escalation_state_flag_opened_at", "escalation", ["state", "flag", "opened_at"], unique=False)
    op.create_index("ix_escalation_state_next_step_at", "escalation", ["state", "next_step_at"], unique=False)
    op.create_index(
        "uq_escalation_one_open",
        "escalation",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "introduction_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("introduction_reference", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "submitted",
                "updated",
                "withdrawn",
                "priority_raised",
                "claimed",
                "status",
                "routed",
                "noted",
                "closed",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "in_review",
                "contact_attempted",
                "in_contact",
                "routed",
                "closed",
                "withdrawn",
                "duplicate",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "destination",
            sa.Enum(
                "crisis_outreach",
                "short_term_support",
                "focused_support",
                "treehouse",
                "home_treatment_team",
                "talking_therapies",
                "amhp_assessment",
                "community_mental_health_team",
                "housing_or_voluntary_sector",
                "gp",
                "camhs",
                "older_adults",
                "other_borough",
                "advice_only",
                name="destination",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_introduction_event_actor")),
        sa.ForeignKeyConstraint(
            ["introduction_reference"],
            ["introduction.reference"],
            name=op.f("fk_introduction_event_introduction_reference_introduction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_event")),
    )
    op.create_index(
        op.f("ix_introduction_event_introduction_reference"),
        "introduction_event",
        ["introduction_reference"],
        unique=False,
    )
    op.create_table(
        "escalation_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("escalation_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "opened",
                "raised",
                "repeated",
                "paged",
                "nobody_to_page",
                "ladder_ended",
                "detail",
                "acknowledged",
                "noted",
                "closed",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_escalation_step_actor")),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalation.id"], name=op.f("fk_escalation_step_escalation_id_escalation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_step")),
    )
    op.create_index(op.f("ix_escalation_step_escalation_id"), "escalation_step", ["escalation_id"], unique=False)
