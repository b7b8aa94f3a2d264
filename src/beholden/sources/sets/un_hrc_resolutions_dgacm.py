"""Resolutions of the UN Human Rights Council, with sponsors, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import Body, resolution_set

__all__ = ["BODY", "DATASET"]

BODY = Body(
    short="hrc",
    name="Human Rights Council",
    repository="UNxml/HRCresolutions",
    commit="b987fdad4bf1",
    coverage="sessions 52 and 54-60",
    span=(2023, 2025),
    files="""
json/52session.json b3602af89ae83e29b8baecfc10e9e4f413e1a5807a86c7b90c578709cb336e02 2286
json/54session.json 75d30533881bdf39e1a5734fda88d212860a08923b1c5c0e8fa4d242a3a91508 55764
json/55session.json 5ad8bd8942a3c22e5fcbf8fde4fd857d1f8e9dd890dc2db896517e26365df6f2 55470
json/56session.json 19c35e288d3c3c4e234038e32da9b510a9b1ac4c6980d39c257a14e0dba640ca 32306
json/57session.json 893e3cbfd73aa579eedfd53797558fc8e7db6c6f35d514d0c7cdfb3453740ec6 63427
json/58session.json 5791cdb8d121e412d3d7437e2613b7b9a265014e23a21230b834ee5fea55f36d 59073
json/59session.json 724cb81bad1221cac30ded79bd8dfc6e3f1a8ceedc40bb8bc6e600b460a1ebe2 39909
json/60session.json 8ebaa3f4fee53f97810fd0847f51e17e9f972fad00caec2826dabf75845412b3 5503
""",
)
FIELDS = {
    "session": ("session", "session, in words"),
    "title": ("title", "title"),
    "agenda_item": ("agenda_item", "number of the agenda item"),
    "agenda_item_name": ("agenda_item_name", "name of the agenda item"),
    "adoption_meeting": ("adoption_meeting", "meeting that adopted it"),
    "draft_resolution": ("draft_resolution", "symbol of the draft"),
    "adoption_type": ("adoption_type", "how it was adopted, in words"),
}

DATASET = resolution_set(
    BODY,
    FIELDS,
    traps=(
        "Incomplete: session 53 is missing, 52 has one resolution and 60 has three.",
        "For complete votes use un_hrc_votes_ohchr; this set adds the sponsors.",
        "Four symbols occur twice: the record with the most votes and sponsors is kept.",
    ),
)
