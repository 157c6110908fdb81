"""Lines that outlets print around an article, as expressions: each reason with the forms that give it away."""

import re

PULL_QUOTE, HEADLINE, DATELINE = "pull quote", "headline", "dateline"
SIGN_OFF, STANDING = "sign-off", "standing line"

OPENINGS = {
    # Copyright 2024 X  © 2024 X
    "copyright": r"\W*(?:copyright|©|\(c\))\s[\w ]{0,80}\.?$",
    # Advertisement:  Story Continued Below  Continue reading the main story
    "advertisement": r"""
        \W*(?:advertisements?|ads?|sponsored(?:\ content)?|paid\ content)\W*(?:continue\ reading.*)?$
        | \W*(?:story|article)\ continue[sd]\ (?:below|after)\b | \W*continue\ reading\b | \W*scroll\ (?:down\ )?to\ continue""",
    # READ MORE: X  Related: X  [See also: X]  ( PHOTOS: X)  More on this...
    "read more": r"""
        \W*(?:read|see|watch|hear|listen|find\ out|learn)\ (?:more|also|next|the\ full\ (?:story|report|article))\b
            (?:\W*$|\W*[:|>»–—-]|\ (?:on|about|from|at|here|in)\b.{0,120}$)
        | \W*(?:more|also|related|recommended|don['’]t\ miss|must[ -](?:read|see|watch)
            |related\ (?:articles?|stories|coverage|content))\W*(?:$|:)
        | \W*(?:also|more)\ (?:on|from|in)\ [^.!?]{1,60}[:….]*\W*$
        | \(\ ?(?:also|photos?|videos?|watch|related|see|full)\b[^)]*\)\W*$
        | \W*(?:click|tap)\ here\b""",
    # Follow @x  Follow X on Twitter  Share this article
    "share": r"""
        \W*share\W*$ | \W*(?:share|tweet|email|e-mail|print|like|bookmark)\ (?:this|us|on|via|it)\b.{0,160}$
        | \W*follow\ (?:@\w+|[\w.]+(?:\ [\w.]+){0,3}\ on\ (?:twitter|facebook|instagram|x\b|linkedin))
        | \W*(?:like|find|join|visit)\ us\ (?:on|at)\ (?:twitter|facebook|instagram)""",
    # Sign up for our newsletter  Subscribe now  Get X in your inbox
    "subscription": r"""
        \W*(?:sign\ up|subscribe|register)\ (?:here|now|today|for|to|with|and)\b.{0,400}$
        | \W*(?:newsletter\ sign\ up|get\ .{3,120}\b(?:inbox|newsletters?)\b|want\ .{3,100}\bin\ your\ inbox\b)""",
    # Photograph: X  Picture: X  Enlarge this image  Slideshow (2 Images)  FILE - X
    "photograph": r"""
        \W*(?:photo(?:graph)?s?|pictures?|images?|illustrations?|graphics?|file\ photo|videos?|captions?|slideshow)
            (?:\ (?:credits?|caption|by|courtesy(?:\ of)?))?\W*:\s
        | \W*(?:photo(?:graph)?|picture|image|video)\ (?:by|credits?|caption|courtesy(?:\ of)?)\b[^.]{1,160}$
        | \W*(?:photos?|video|image)\W*$ | \W*(?:enlarge\ this\ image|(?:hide|toggle)\ caption|image\ (?:caption|source|copyright))\b
        | \W*(?:(?:next|prev(?:ious)?)\ image|slideshow)\b.{0,30}$
        | file\ ?[-–—]\ """,
    # Additional reporting by X  (Reporting by X; Editing by Y)  Contributing: X
    "credit": r"""
        \W*(?:additional|with)?\ ?reporting\ (?:and\ (?:writing|editing)\ )?by\b.{0,300}$
        | \W*(?:(?:written|edited|compiled|writing|editing|contributing)\ by|contributing:)\ .{0,200}$""",
    # Correction: X  This article was amended on X
    "correction": r"""
        \W*(?:corrections?|clarifications?|corrections?\ (?:and|&)\ clarifications?)\W*(?::|$|–|—)
        | \W*this\ (?:article|story|post|report|column)\ (?:was|has\ been|is)\ (?:\w+\ )?(?:amended|corrected)""",
    # Editor's note: X  Updated at 5 p.m.  This article is more than 2 years old
    "note": r"""
        \W*editor(?:['’]s|ial)\ note\b | \W*(?:last\ )?updated?\W*(?:at|on|:)\ ?.{0,8}\d.{0,40}$
        | \W*this\ (?:article|story|post|report|column)\ (?:was|has\ been|is)\ (?:\w+\ )?(?:updated|more\ than\ \d+\ \w+\ old)""",
}
"""Reason, and how a line of that kind begins; it is one as a whole."""

SIGNS = {
    "copyright": (
        ("©", "copyright", "(c)", "all rights reserved", "may not be"),
        r"""
        .{0,240}?(?:©\W*(?:copyright\W*)?(?:\d{4}|by\b)|(?:copyright|\(c\))\W{1,4}(?:©\W*)?\d{4}|copyright\s©\s)
        | .{0,160}?\ball\ rights\ reserved\b
        | .{0,80}?\bmay\ not\ be\ (?:re)?(?:published|printed|produced)\b[^.]*\b(?:broadcast|rewritten|redistributed|consent|permission)""",
    ),
    "photograph": (
        ("(ap", "reuters", "afp", "getty", "/ap", "/epa", "shutterstock"),
        r"""
        [^.!?]{0,200}\((?:AP|Reuters|AFP|Getty)\b[^)]{0,80}\)\W*$
        | [^.!?:]{1,80}/\s?(?:AP|AFP|Reuters|Getty|Getty\ Images|Associated\ Press|Bloomberg|EPA|Shutterstock|File)\W*$""",
    ),
    # The Associated Press contributed to this report.
    "credit": (
        ("contributed",),
        r"""(?!["“]).{1,160}\bcontributed\ (?:to\ )?(?:(?:this|the)\ (?:report|story|article)|reporting)\W*.{0,40}$""",
    ),
}
"""Reason, the signs of which a text with such a line holds one, in small letters, and the form of the whole line."""

_FLAGS = re.VERBOSE | re.IGNORECASE
_OPENING = re.compile("|".join(f"(?P<r{number}>{form})" for number, form in enumerate(OPENINGS.values())), _FLAGS)
_HELD = {reason: re.compile(form, _FLAGS) for reason, (_, form) in SIGNS.items()}


def signs(folded: str) -> list[str]:
    """Return the reasons of which a text, in small letters, holds a sign."""
    return [reason for reason, (signs, _) in SIGNS.items() if any(sign in folded for sign in signs)]


def listed(line: str, signed: list[str]) -> str:
    """Return the reason that a line's form gives away, "" for none; signed : those whose signs its text holds."""
    if found := _OPENING.match(line):
        return tuple(OPENINGS)[int(found.lastgroup[1:])]
    return next((reason for reason in signed if _HELD[reason].match(line)), "")


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
"""Agencies as datelines name them, and their names; these are known in a dateline without a dash."""
_AGENCY = "|".join(AGENCIES)
PLACE = re.compile(
    rf"(?:{_CAPITALS}{_REST}(?: \([^()\d]{{2,40}}\))?{_DASH}"  # TOLLMERE (Northern Wire) –
    rf"|(?:{_NAME}{_REST} )?\([^()\d]{{2,40}}\){_DASH}"  # Tampa, Florida (CNN) --  (Reuters) -
    rf"|(?:{_NAME}{_REST} )?\((?:{_AGENCY})\))(?=\s?[\w\"“‘'(])"  # Washington (CNN)
)
"""The place-and-date line that opens an agency's report, up to and with its dash."""
