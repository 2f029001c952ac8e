"""The page and its files: compressed, kept by the browser, and new when they have changed."""

import gzip
import re

import pytest

from bot.directory import load as load_directory
from bot.gateway.site import Site
from tests.gateway.played_engine import PlayedEngine
from tests.gateway.town import settings
from tests.gateway.town import town as make_town

MOST_BYTES, MOST_REQUESTS = 60_000, 6
CALLS = 2
"""A page that opens asks for a session and for its events."""


@pytest.fixture
def folder(tmp_path):
    """A small page."""
    (tmp_path / "index.html").write_text('<script src="/static/chat.js"></script><p>{samaritans:phone}</p>')
    (tmp_path / "plain.html").write_text("<p>{samaritans:phone}</p>")
    (tmp_path / "other.js").write_text("// a source of the script")
    built = tmp_path / "built"
    built.mkdir()
    (built / "chat.js").write_text("// a script\n" * 50)
    (built / "notes.scss").write_text("$secret: 1")
    return tmp_path


def site(folder):
    return Site(load_directory(), folder=folder, built=folder / "built")


def get(town, path, **headers):
    return town.http.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_the_page_names_a_version_of_its_files_that_may_be_kept_for_good(town):
    page = get(town, "/")
    addresses = re.findall(r'"(/static/[^"]+)"', page.text)
    assert addresses and page.headers["cache-control"] == "no-cache"
    for address in addresses:
        response = get(town, address)
        assert response.status_code == 200 and "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize("path", ["/static/chat.js", "/static/0123456789ab/chat.js"])
def test_without_the_version_or_with_an_older_one_it_is_asked_for_each_time(town, path):
    assert get(town, path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/static/page.css", "/static/chat.js", "/static/forms.css"])
def test_it_travels_compressed_where_the_browser_takes_that(town, path):
    with town.http.stream("GET", path, headers={"Accept-Encoding": "br, gzip"}) as response:
        packed = b"".join(response.iter_raw())
    plain = get(town, path, Accept_Encoding="identity")
    assert response.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content and len(packed) < len(plain.content)
    assert response.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert response.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "gzip; q=0.000, br", "br"])
def test_and_not_where_it_does_not(town, accepted):
    assert "content-encoding" not in get(town, "/static/chat.js", Accept_Encoding=accepted).headers


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_the_browser_has_is_not_sent_again(town, encoding):
    first = get(town, "/", Accept_Encoding=encoding)
    again = get(town, "/", Accept_Encoding=encoding, If_None_Match=f'W/"other", {first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"") and again.headers["etag"] == first.headers["etag"]


def test_scripts_and_styles_say_what_they_are(town):
    assert get(town, "/static/chat.js").headers["content-type"].startswith("text/javascript")
    assert get(town, "/static/page.css").headers["content-type"].startswith("text/css")


def test_head_has_no_body(town):
    response = town.http.head("/static/chat.js")
    assert response.status_code == 200 and response.content == b""


def test_answers_about_one_person_are_never_compressed_beside_their_words_nor_kept(town, page):
    response = page.post("hello there, " * 200)
    assert "content-encoding" not in response.headers and response.headers["cache-control"] == "no-store"


def test_a_changed_file_is_a_new_version_at_once(folder):
    made = site(folder)
    before = made.now()
    assert made.now() is before
    (folder / "built" / "chat.js").write_text("// another script")
    after = made.now()
    assert after.version != before.version and after.version.encode() in after.page.body
    assert after.files["chat.js"].body == b"// another script"


def test_only_what_a_browser_needs_is_served(folder):
    assert set(site(folder).now().files) == {"chat.js"}


def test_a_style_sheet_that_is_not_built_yet_is_only_missing(folder):
    made = site(folder)
    assert "page.css" not in made.now().files
    (folder / "built" / "page.css").write_text("p {}")
    assert "page.css" in made.now().files


def test_before_anything_is_built_the_page_and_its_numbers_are_there(tmp_path, folder):
    made = Site(load_directory(), folder=folder, built=tmp_path / "missing")
    assert b"116 123" in made.now().page.body and not made.now().files


def test_without_its_page_the_gateway_does_not_start(tmp_path):
    with pytest.raises(FileNotFoundError):
        site(tmp_path)


def test_an_event_stream_is_neither_compressed_nor_held_back(tmp_path, screen):
    with make_town(settings(tmp_path), screen, engine=PlayedEngine()) as town:
        page = town.page()
        with town.http.stream("GET", "/chat/events", headers=page.headers | {"Accept-Encoding": "gzip"}) as response:
            assert "content-encoding" not in response.headers
            assert response.headers["x-accel-buffering"] == "no" and "no-store" in response.headers["cache-control"]
            assert next(response.iter_raw())


def test_the_first_load_is_small_and_takes_few_requests(town):
    page = get(town, "/", Accept_Encoding="gzip")
    scripted = re.sub(r"<noscript>.*?</noscript>", "", page.text, flags=re.DOTALL)
    needed = re.findall(r'"(/static/[^"]+)"', scripted)
    sent = sum(packed_size(town, address) for address in ("/", *needed))
    assert len(needed) == 2 and 1 + len(needed) + CALLS <= MOST_REQUESTS
    assert sent <= MOST_BYTES, sent
    assert not re.search(r"\bimport\b", get(town, "/static/chat.js").text), "the script fetches more"


def packed_size(town, address):
    with town.http.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as response:
        return len(b"".join(response.iter_raw()))
