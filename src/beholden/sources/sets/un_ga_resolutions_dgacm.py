"""Resolutions of the UN General Assembly, with sponsors and subjects, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import Body, resolution_set

__all__ = ["BODY", "DATASET"]

BODY = Body(
    short="ga",
    name="General Assembly",
    repository="UNxml/GAresolutions",
    commit="42a69b67bb92",
    coverage="October 2019 to June 2026",
    span=(2019, 2026),
    files="""
json/74.json 70f4e80922ec7542792493a10aa8463c64830cf736ed02144bdf780d4f623b6f 599166
json/75.json b48efdb74739d86249a04999d75e2e67d267fcf6886e60f2987032d7c11f6427 734423
json/76.json 1138b54c4b6b10c5c0be134d08c0dea464f9af9247c41c5d922c09f32fcdd4d0 688377
json/77.json fa9ba30c6f2a065417ecb7e26e518865ee31a36001c9c110b0303a84116183cf 761505
json/78.json ab8b9ad03f5e22dcfb40ede88d9fc6edbc8653213e4e044e466f8a6685897848 725201
json/79.json 610f8aa502662bcac1e47004d3f155c0f86f3675c7f296afacddf3d10b0dabd8 858427
json/80.json f024775cf6ee4f6db354a1f7cd31c9b74f3e3f0b3381e81e465f17ccbcf09108 765886
json/ES-10.json ca470b45a979de773920b2c91a160940703bc74d303fdff8f20312074633534f 14126
json/ES-11.json 14c3982981dcbfb7716f4ab086ca2753383a89827ed448e9cffc8f499ecc1fb8 26024
json/S-32.json 64b635e8b09c6037d84f00b3957a822d94772a259aecc882e5c9048420394d25 1364
""",
)
FIELDS = {
    "session": ("session", "session, in words"),
    "title": ("title", "title"),
    "agenda_item": ("agenda_item", "number of the agenda item"),
    "agenda_item_name": ("agenda_item_name", "name of the agenda item"),
    "committee": ("committee", "Main Committee that recommended it"),
    "originating_document": ("originating_document", "symbol of the draft or report"),
    "meeting_record": ("pv", "symbol of the verbatim record"),
    "adoption_type": ("adoption_type", "how it was adopted, in words"),
}

DATASET = resolution_set(
    BODY,
    FIELDS,
    traps=(
        (
            "Only resolutions adopted as a whole: no rejected drafts, no votes on paragraphs or "
            "amendments, no votes of the Third Committee, no decisions."
        ),
        (
            "Session 74 only to 27 December 2019; 78/258, 78/327, 80/2, 80/107, 80/251 and "
            "80/263 are missing; of the emergency sessions ES-11/1-6 and ES-10/21, 22 and 24 "
            "are here."
        ),
        (
            "36 symbols occur twice or three times in sessions 79 and 80: the record with the "
            "most votes and sponsors is kept."
        ),
        "Several split votes, such as 75/254 A-C, have no lists of states.",
        "77/293 lists 58 abstentions and states 59.",
    ),
)
