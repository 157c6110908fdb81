"""Regular expressions for the lines that outlets print around an article: the forms of each reason."""

import re
from typing import NamedTuple

PULL_QUOTE, HEADLINE, DATELINE = "pull quote", "headline", "dateline"
SIGN_OFF, STANDING = "sign-off", "standing line"

_NAMED = r"""
    (?-i:(?:[A-ZÀ-Þ\d][\w.'’/-]*+|a(?:nd|t)|by|for|from|in|of|the|with|additional|editing|reporting|writing)[\s,;:&()]*+)++\W*$"""
"""Names and the words between them, to the end; a line that reports something about them has other words."""

OPENINGS = {
    # Copyright 2024 X  © 2024 X
    "copyright": rf"""
        (?:copyright|(?<=\()c\))\s{_NAMED} | ©\s?[\w ]{{0,80}}\.?$""",
    # Advertisement:  Story Continued Below  Continue reading the main story
    "advertisement": r"""
        (?:advertisements?|ads?|sponsored(?:\ content)?|paid\ content)\W*(?:continue\ reading.*)?$
        | (?:story|article)\ continue[sd]\ (?:below|after)\b | continue\ reading\b(?!,) | scroll\ (?:down\ )?to\ continue""",
    # READ MORE: X  Related: X  [See also: X]  ( PHOTOS: X)  More on this...
    "read more": r"""
        (?:read|see|watch|hear|listen|find\ out|learn)\ (?:more|also|next|the\ full\ (?:story|report|article))\b
            (?:\W*$|\W*[:|>»]|\ ?[–—-]\ ?(?-i:[A-ZÀ-Þ“‘"'])|\ (?:on|about|from|at|here|in)\b[^,!?]{0,120}$)
        | (?:more|also|related|recommended|don['’]t\ miss|must[ -](?:read|see|watch)
            |related\ (?:articles?|stories|coverage|content))\W*(?:$|:)
        | (?:also|more)\ (?:on|from|in)\ [^.,!?]{1,60}(?::|…|\.\.\.)?$
        | (?:(?<=\()|(?<=\(\ ))(?:also|photos?|videos?|watch|related|see|full)\b(?:(?:\ also|\ related|\ results|\ on\ [\w\ ]{2,30})?:.*
            |[^).]*[^).!?])\)\W*$
        | just\ watched\b.{3,600}\b(?:must\ watch|replay)\b
        | (?:click|tap)\ here\b(?!\ is\b|,)""",
    # Follow @x  Follow X on Twitter  Share this article
    "share": r"""
        share\W*$ | (?:share|tweet|e-?mail|print|like|bookmark)\ this\W*(?:$|:|(?:article|story|post|page|report|video|with)\b.{0,160}$)
        | (?:share|tweet|e-?mail)\ (?:us\ (?:at|on|via)|on|via)\ [^,]{0,80}$
        | follow\ (?:@\w+|[\w.]+(?:\ [\w.]+){0,3}\ on\ (?:twitter|facebook|instagram|x\b|linkedin)(?:\W*$|[^a-z]*@|(?:,|\ and)\ (?:twitter|facebook|instagram|linkedin|youtube)\b.{0,80}$|\ at\b))
        | (?:like|find|join|visit)\ us\ (?:on|at)\ (?:twitter|facebook|instagram)""",
    # Sign up for our newsletter  Subscribe now  Get X in your inbox
    "subscription": r"""
        (?:sign\ up|subscribe|register)\ (?:(?:here|now|today)\b(?!,)|(?:for|to|with|and)\b.{0,300}
            \b(?:newsletters?|inbox|e-?mails?|briefings?|tipsheet|podcasts?|channel|alerts?|digest)\b).{0,400}$
        | (?-i:SIGN\ UP|SUBSCRIBE|REGISTER)\ (?:for|to)\b.{0,400}$
        | (?:newsletter\ sign\ up|get\ [^,]{3,120}\b(?:inbox|newsletters?)\b|want\ .{3,100}\bin\ your\ inbox\b)""",
    # Photograph: X  Picture: X  Enlarge this image  Slideshow (2 Images)  FILE - X
    "photograph": r"""
        (?:photo(?:graph)?s?|pictures?|images?|illustrations?|graphics?|file\ photo|videos?|captions?|slideshow)
            (?:\ (?:credits?|caption|by|courtesy(?:\ of)?))?\W*:\s(?![^.!?]{0,160}\b(?:shows?|said|heard|told)\b)
        | (?:photo(?:graph)?|picture|image|illustration|graphic|video)\ (?:by|credits?|caption|courtesy(?:\ of)?)\b[^.]{1,160}$
        | (?:photos?|video|image)\W*$ | (?:enlarge\ this\ image|(?:hide|toggle)\ caption|image\ (?:caption|source|copyright))\b
        | (?:(?:next|prev(?:ious)?)\ image|slideshow)\b[^.]{0,30}$
        | (?-i:FILE)\ ?[-–—]\ """,
    # Additional reporting by X  (Reporting by X; Editing by Y)  Contributing: X
    "credit": rf"""
        (?:additional\ |with\ )?reporting\ (?:and\ (?:writing|editing)\ )?by\ {_NAMED}
        | (?:written|edited|compiled|writing|editing|contributing)\ by\ {_NAMED} | contributing:\ .{{0,200}}$""",
    # Correction: X  This article was amended on X
    "correction": r"""
        (?:corrections?|clarifications?|corrections?\ (?:and|&)\ clarifications?)(?:\W*(?::|$)|\ ?[–—]\ ?(?-i:[A-ZÀ-Þ]))
        | this\ (?:article|story|post|report|column)\ (?:was|has\ been)\ (?:\w+\ )?(?:amended|corrected)""",
    # Editor's note: X  Updated at 5 p.m.  This article is more than 2 years old
    "note": r"""
        editor(?:['’]s|ial)\ note\b | (?:last\ )?updated?\W*(?:at|on|:)\ ?.{0,8}\d.{0,40}$
        | this\ (?:article|story|post|report|column)\ (?:was|has\ been|is\ being)\ (?:\w+\ )?updated
        | this\ (?:article|story|post|report|column)\ is\ more\ than\ \d+\ \w+\ old
        | your\ browser\ does(?:n['’]t|\ not)\ support\b""",
}
"""How a line of each reason begins, after any marks; the whole line is marked."""

FIRST = """
    additional ad ads advertisement advertisements also article bookmark c caption captions clarification clarifications click
    compiled continue continued contributing copyright correction corrections don e edited editing editor
    editorial email enlarge file find follow full get graphic graphics hear hide illustration illustrations image images
    join just last learn like listen more must newsletter next paid photo photograph
    photographs photos picture pictures prev previous print read recommended register related reporting scroll see share
    sign slideshow sponsored story subscribe tap this toggle tweet update updated video videos visit want watch with
    writing written your
    """
"""The words with which these lines begin, folded and up to a hyphen or apostrophe; lines with a © apart."""


class Form(NamedTuple):
    """The form of a line that is recognised by words within it."""

    reason: str
    words: tuple[str, ...]  # it contains one of each; folded and up to a hyphen or apostrophe
    form: str
    long: bool = False  # whether it is for overlong lines, and only for them


CONTAINING = (
    # Don’t see the graphic above? Click here.
    Form("read more", ("click",), r"[^.,!?]{0,60}\?\ click\ here\W*$"),
    Form(
        "copyright",
        ("c consent copyright permission reserved",),  # also where Copyright runs into the word before
        r".{0,240}?(?:©\W*(?:copyright\W*)?(?:\d{4}|by\b)|(?:copyright|\(c\))\W{1,4}(?:©\W*)?\d{4}|copyright\s©\s)",
    ),
    Form("copyright", ("rights", "reserved"), r".{0,160}?\ball\ rights\ reserved\b(?!\ [a-z])"),
    Form(
        "copyright",
        (
            "printed produced published reprinted reproduced republished",
            "broadcast consent permission re redistributed rewritten",  # re-broadcast
        ),
        r""".{0,80}?\bmay\ not\ be\ (?:re)?(?:published|printed|produced)\b[^.]*
            \b(?:broadcast|rewritten|redistributed|(?:written|prior|express)\ (?:consent|permission))""",
    ),
    Form(
        "photograph",
        ("afp ap associated bloomberg epa file getty photo reuters shutterstock",),
        r"""
        [^.!?]{0,200}\((?:AP|Reuters|AFP|Getty)\b[^)]{0,80}\)[^\w.]*$
        | .{1,600}\((?:(?:AP|AFP|Reuters)\ photo|photo\ by|photo:)[^)]{1,80}\)\W*$
        | [^.!?:]{1,80}/\s?(?:AP|AFP|Reuters|Getty|Getty\ Images|Associated\ Press|Bloomberg|EPA|Shutterstock|File)\W*$""",
    ),
    Form("photograph", ("caption",), r".{1,3000}?\bhide\ caption\b"),
    # Photos: X  A ferry sinks. Hide caption 1 of 22 Photos: X ... Hide caption 22 of 22
    Form("photograph", ("caption",), r".*\bhide\ caption\ \d+\ of\ \d+\W*$", long=True),
    # Get X in your inbox. Email Sign Up By signing up you agree to receive newsletters. You can unsubscribe at any time.
    Form("subscription", ("unsubscribe",), r".{0,700}?\b(?:sign|signing)\ up\b.{0,300}\bunsubscribe\b"),
    # The Associated Press contributed to this report.
    Form(
        "credit",
        ("contributed",),
        r"""(?!["“]).{1,160}\bcontributed\ (?:(?:to\ )?(?:this|the)\ (?:report|story|article)|reporting)
            (?:\W*$|\.\ .{0,40}$|\ from\b.{0,40}$)""",
    ),
)
"""The forms of whole lines that contain some words, or a ©."""

_FLAGS = re.VERBOSE | re.IGNORECASE
_BEFORE = r"""[^\w"“‘'«„©]*+"""  # brackets, bullets, dashes: a line that opens with a quotation mark is speech
_ANY = "|".join(f"(?P<r{number}>{form})" for number, form in enumerate(OPENINGS.values()))
_OPENING = re.compile(f"{_BEFORE}(?:{_ANY})", _FLAGS)
_HOLDING = [re.compile(one.form, _FLAGS) for one in CONTAINING]


def opening(text: str, begin: int, end: int) -> str:
    """Return the reason of a line of a text by how it begins, "" for none."""
    found = _OPENING.match(text, begin, end)
    return tuple(OPENINGS)[int(found.lastgroup[1:])] if found else ""


def contains(form: int, text: str, begin: int, end: int) -> bool:
    """Say whether a line of a text has a form of CONTAINING, given by its number."""
    return _HOLDING[form].match(text, begin, end) is not None


LABEL = re.compile(r"(?:[QA][:.]|[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}:) (?=.*[a-zà-þ])")
"""The speaker's label in a transcript: Q:  CHAIRMAN:  MARA ROE:"""

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/]+(?:[ -][A-ZÀ-Þ][A-ZÀ-Þ.'’/]+){0,3}"  # TOLLMERE  NEW YORK  PARIS/LONDON
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3}"  # Tampa  New York
_REST = rf"(?:, {_NAME})?(?:,? \(?[A-Z][a-z]{{2,8}}\.? \d{{1,2}}(?:, \d{{4}})?\)?)?"  # , Texas  , March 12
_DASH = r" ?(?:[–—]|--|(?<=[\s)])-)"
AGENCIES = {
    "AP": "Associated Press",
    "AFP": "Agence France-Presse",
    "ANI": "Asian News International",
    "BBC": "BBC",
    "Bloomberg": "Bloomberg",
    "CNN": "CNN",
    "dpa": "Deutsche Presse-Agentur",
    "EFE": "EFE",
    "PA": "Press Association",
    "PTI": "Press Trust of India",
    "Reuters": "Reuters",
    "TASS": "TASS",
    "UPI": "United Press International",
    "Xinhua": "Xinhua",
}
"""Agencies as datelines name them, and their full names; a dateline that names one needs no dash."""
_AGENCY = "|".join(AGENCIES)
_NO_PLACE = r"(?!(?:AND|BUT|NO|NOW|OK|OKAY|SO|THE|WELL|YES|[A-Z]+N['’]T)\b)"  # words that are put in capitals too
_BRACKET = r"\([A-ZÀ-Þ][^()\d]{1,40}\)"
_TEXT = r"(?=\s?[A-ZÀ-Þ\d\"“‘'(])"  # a report opens with a capital; before a small letter the dash is within a sentence
PLACE = re.compile(
    r"(?=[^(–—-]{0,160}+[(–—-])"  # a quick check: the first dash or bracket is not further on
    rf"(?:{_NO_PLACE}{_CAPITALS}{_REST}(?: {_BRACKET})?{_DASH}"  # TOLLMERE (Northern Wire) –
    rf"|(?:{_NAME}{_REST} )?{_BRACKET}{_DASH}"  # Tampa, Florida (CNN) --  (Reuters) -
    rf"|(?!The )(?:{_NAME}{_REST} )?\((?:{_AGENCY})\)){_TEXT}"  # Washington (CNN)
)
"""The place-and-date line that opens an agency's report, including its dash."""

LINKS, LINKS_END = "read more", "MORE"
_PART = r"(?:\(?[A-ZÀ-Þ][\w.'’-]*\)?|de|del|la|le|van|von)"  # of a name
INSET = re.compile(
    rf"""
    \b([A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*),?\s  # the family name, which ends the whole name too, with a headline right after it
    (({_PART})(?:,?\s{_PART}){{0,5}}?,?\s\1(?:\s(?:Jr|Sr)\.?|,?\sI+)?(?:(?=[A-Z\d'‘"“])|\s(?!(?:\S+\s){{0,4}}?\3(?![a-z])))
    .{{10,900}}?\bMORE\b)""",
    re.VERBOSE,
)
"""A list of links within a sentence, after a name: Vida Tamm [Vida Anne TammFerry back  A lamp goes out MORE] said"""
