"""The page's own words: complete in every language, or the gateway does not start."""

import pytest

from bot.directory import load as load_directory
from bot.gateway import interface
from bot.gateway.site import Site, filled

ENGLISH = "name: English\ndirection: ltr\npage: {help: 'Call {emergency:call}'}\nscript: {left: '[n] left'}\n"


def write(folder, **files):
    for code, text in files.items():
        (folder / f"{code}.yml").write_text(text)
    return folder


def test_every_language_is_complete():
    languages = interface.load()
    assert next(iter(languages)) == "en"
    assert all(one.name and one.direction in ("ltr", "rtl") for one in languages.values())


@pytest.mark.parametrize(
    ("polish", "what"),
    [
        ("name: Polski\ndirection: ltr\npage: {}\nscript: {left: '[n]'}\n", r"pl.yml: page has missing .*help"),
        (ENGLISH + "more: x\n", "pl.yml: needs name"),
        (ENGLISH.replace("ltr", "up"), "pl.yml: direction"),
        (ENGLISH.replace("{emergency:call}", "999"), "pl.yml: page.help must hold the same slots"),
        (ENGLISH.replace("[n]", "7"), "pl.yml: script.left must hold the same slots"),
        (ENGLISH.replace("'[n] left'", "7"), "pl.yml: script.left must be a text"),
    ],
)
def test_a_language_that_is_not_whole_stops_start_up(tmp_path, polish, what):
    with pytest.raises(interface.InterfaceError, match=what):
        interface.load(write(tmp_path, en=ENGLISH, pl=polish))


def test_without_english_nothing_starts(tmp_path):
    with pytest.raises(interface.InterfaceError, match="en.yml is missing"):
        interface.load(write(tmp_path, pl=ENGLISH))


def test_a_number_is_a_link_that_calls_it():
    assert '<a href="tel:999" dir="ltr">999</a>' in filled(interface.load()["en"].html("help"), load_directory())


def test_a_text_that_the_page_names_and_no_file_has_stops_start_up(tmp_path):
    (tmp_path / "index.html").write_text("<p>{say:nothing}</p>")
    (tmp_path / "plain.html").write_text("")
    with pytest.raises(interface.InterfaceError, match="'nothing'"):
        Site(load_directory(), folder=tmp_path, built=tmp_path)
