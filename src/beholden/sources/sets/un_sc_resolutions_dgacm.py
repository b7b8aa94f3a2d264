"""Resolutions of the UN Security Council, with sponsors and subjects, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import Body, resolution_set

__all__ = ["BODY", "DATASET"]

BODY = Body(
    short="sc",
    name="Security Council",
    repository="UNxml/SCresolutions",
    commit="6c4072a866bf",
    coverage="January 2000 to June 2026",
    span=(2000, 2026),
    files="""
json/2000.json d69e674f7eb945db3b3e0bf5481fd6561d4d259310c0ef3e6818ab1e1391ffef 101533
json/2001.json 7a136b4b9cdf134a0a53d8fccf564395913a3a32f18ae72117dadd5cda79d73f 111674
json/2002.json bc56656bf4fee59928eaaee55bd6f1a722de08371af5f5451572c05cbba1f162 147241
json/2003.json 52c8c1b23862b2b7f03710126c26ef2ae7d7f7323dedfa6b232d6b48434b09c3 162115
json/2004.json 005466b757706539702e62206b90cabc0413467b805c37707c12cdd1bcb08dd6 149597
json/2005.json 4e4cfdbc713c238374acd6e55af8997b95d403b0a2758d963edef2a3b7e8f3d1 173865
json/2006.json 95510bc640f9d2e69b0a1639ced1296ada06aee7eaba9af7a5d52e42f7fed584 203747
json/2007.json 8f1ab56356d61142f76355b61af2d95a6866e300ff23ef6d1ed8421fe1067e7e 140712
json/2008.json 2acccbb04add8e1459d4ed410dd439f5a8744e2b4594e6917805c450b934a234 157857
json/2009.json d0ebefac9adedb55ea3cd91b1686453629b3e8fdbcff83fd1418f3f654884363 135181
json/2010.json e7e9875b7ddcbe3d0f91a91e418184a86b287b50e10fe7f75f3c1ebff8d55c85 139022
json/2011.json 2cb5e7a697cd303fdcfdcdc01e11d6ac504ec1c5fa5252dcbf26e8ae3c656d43 147227
json/2012.json d9c1580f15993b35601c7d1616d729fd7423bf87d9e5dd95d7457bc3210e985f 114140
json/2013.json b88741e3cc0fa0a8d723649b2235b008bf219a22f80e8273f6bb186e441ad1e4 95813
json/2014.json 62619ea5cd43a9b816dd4331e783e9c41690a935d77aecfd8f22390b669df85a 130637
json/2015.json 6f95a6d4372d2583d9f88fc8a7108ee66f69ad1f98fcdf2ad329be4b1ad02dd5 134956
json/2016.json a4f3208a334647fdf3ace3775c4633e41984f99fd9eeb581bdd4452ae5d650c3 149164
json/2017.json 652ef3db451ae914c85d4d8e1119ffaccf796fb95d39931159f030bb8eef0900 120295
json/2018.json 3f64ad32e099770e410fdf6b59333ffad2b52ac550e63ffd5bae4c0ea67568fd 107688
json/2019.json 134d783ccfe24723bc2f2f615e0fed014182afefa004170fe22969047edacf08 99650
json/2020.json 5d04b3b9246fd374032505ed367d5888ac34fe485341312c2928a8f9b25d67c7 107132
json/2021.json dc58207ea2fd9f969a8edc67b1ce6eaaf7cbddb75294d17a5688dacda0887731 109662
json/2022.json d39090e16b6130e68e86f3ac7c020b6782fec0b76b58495fc1284387c672f2b6 101690
json/2023.json 5ebca0c872f5e63f912933cf3beb1808bb1144820bbc3ef79713b23535a993d3 95415
json/2024.json c4328f2d915bb95bc3e806171e367662482d5ae42fefd43acfa5c44837565a72 84793
json/2025.json 49500ac720e980f776f064a63d337548324893c6edce0b58fee10011ec4ecb5c 66144
json/2026.json 466ecfb1f857f75e4d9644a72efb9eb9e9ce4c6ee5c5d9e8d6c7bf91e27d09fc 30502
""",
)
FIELDS = {
    "title": ("resolution_title", "title"),
    "agenda_item_name": ("agenda_item_name", "name of the agenda item"),
    "adoption_meeting": ("adoption_meeting", "meeting that adopted it"),
    "adoption_type": ("adoption_type", "how it was adopted, in words"),
    "draft_resolution": ("draft_resolution", "symbol of the draft"),
    "outcome_letter": ("outcome_letter", "symbol of the verbatim record"),
    "chapter_vii": ("chapter_VII", '"Chapter VII" where it acts under that chapter of the Charter'),
}

DATASET = resolution_set(
    BODY,
    FIELDS,
    traps=(
        (
            "Adopted resolutions only: vetoed and failed drafts and votes on the agenda are "
            "elsewhere (un_sc_vetoes, un_sc_meetings_dhl, un_sc_dprk_votes_compiled)."
        ),
        (
            "2762, 2770 and 2772 are missing; 2820-2822 occur twice, and the record with votes "
            "is kept."
        ),
        (
            "12 resolutions have no list of votes: eleven adopted without a vote or by "
            "acclamation, and 2723 (2024), which was unanimous."
        ),
        "Stated and listed tallies differ in 1559, 2403, 2521 and 2812.",
    ),
)
