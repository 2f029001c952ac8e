"""What tired people write, as the values the introduction holds. Pure: no I/O but the cue files of `data/needs/`, no clock of its own.

from bot.intake.parsing import corrections, detours, facts, goals, needs, postcodes, registry
from bot.intake.parsing.parsed import Parsed, Correction, Detour

Parsed(value, words, complete)      value: as `draft["answers"][ask]["value"]` wants it; words: the resident's own words it came from;
                                    complete: the whole message is that answer (a polite word around it does not count against it)

registry.ASKS                       every ask id that can be parsed
registry.parse(ask, text, *, now, choice=None, address=None, choices=()) -> Parsed | None
    None: not understood as an answer to this ask; ask again. Never guesses, never raises. An ask without a parser of its own is read
        from its choices, as yes or no, or as own words.
    choice    the tapped value ("a,b" for several)        address   the E.164 number the text came from ("same as this number")
    choices   the offered `bot.intake.turn.Choice`s in their order: needed to read "2", "the second one", or a label. Pass them for every
              question that offers some; without them numbers are not understood as choices.
registry.problem(ask, text, *, now) -> str | None
    why a text that looks like an answer was refused, to say so kindly: date_of_birth "future" "too_old" "no_such_date" "year_missing"
    "year_unclear" "day_missing" "age_given"; phone "too_short" "too_long" "not_a_phone"; nhs_number "wrong_length" "check_digit"; postcode "not_a_postcode"; email "not_an_email"

facts.find(text, *, now, asked=None, address=None) -> dict[ask, Parsed]
    several facts in one message; includes the asked one if it is there. Call it on each answer of a contact question too ("call me after 5,
    don't leave a voicemail" -> contact_method, best_time, voicemail_ok). Nothing is guessed in a story about other people.

corrections.find(text, *, now, asked=None, answered=(), address=None) -> Correction | None
    Correction(ask | None, parsed | None). ("phone", Parsed) "no, it's 07700 900124" after a phone was given · ("phone", None) "my phone is
    wrong": ask it again · (None, None) "no that's wrong": ask which. `answered`: asks answered so far, latest last.
    For needs ("I meant council tax not rent") parsed.value is {"add": [domain], "remove": [domain]}, for `needs.apply`.

detours.find(text, *, asked=None) -> Detour | None
    Detour(intent, target): very short commands a classifier is not needed for. intent as in the NLU: skip dont_know prefer_not_to_say ask_why
    go_back change_answer repeat start_again stop thats_all save_for_later go_online talk_to_human ask_what_said. target: the ask of "change my phone number" or None.

needs.hear(texts) -> list[{"domain", "source": "heard", "own_words", "urgent"?: True}]     texts: one str or several
needs.urgent(texts) -> list[{"kind", "own_words"}]      kind: homeless_tonight eviction_date no_food no_money no_energy no_medication
needs.revise(current, text, *, choices=(), choice=None) -> Parsed | None
    the new list after "add money, not housing", "take away the second", "that's right", "yes but also debt", "1 and 3", "all of them", "none".
    choices: as offered, in order; a number with "take away" counts along `current`, otherwise along `choices`.
needs.apply(current, {"add", "remove"}, words) -> list
needs.DOMAINS                       the 13 domains in order
goals.parse(text) -> Parsed | None  value: list[{"own_words", "outcomes"}]

postcodes.lambeth(postcode) -> "perhaps" | "no" (which codes are wholly in Lambeth is not confirmed, so never "yes")
postcodes.outward(postcode) -> str  "SW9" of "SW9 8LF" and of "SW9"
phones.shown(e164) -> str           "07700 900123"
nhs_numbers.shown(digits) -> str    3-3-4
dates.shown(iso) -> str             "3 April 1991"
dates.age(iso, *, now) -> int       full years
access.shown(tag) -> str            "Portuguese" of "pt"
"""
