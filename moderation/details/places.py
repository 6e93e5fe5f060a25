"""Postal addresses: a house and its street, a full postcode, a town with its code, a box."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STREET = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|place|pl|square|sq|terrace|boulevard|"
    "blvd|gardens|grove|mews|parkway|pkwy|highway|hwy|way|hill|row|rise|walk|circle|cir|trail|quay|parade|esplanade"
)
_NAME = r"[A-Z][\w'’-]{1,30}"
# A house, as it is written in English, French, German and Dutch, Spanish and Italian.
_HOUSE = re.compile(
    rf"(?<![\w.,/-])\d{{1,5}}[A-Za-z]?,? (?:(?:[NSEW]|North|South|East|West)\.? )?"
    rf"(?:(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,3}}(?i:{_STREET})\b\.?(?! (?:later|ago|after|before))"
    rf"|(?<![\w.,/-])\d{{1,4}}(?: ?(?:bis|ter))?,? (?i:rue|avenue|boulevard|impasse|allée|chemin|quai) "
    rf"[A-Za-zÀ-ÿ'’ -]{{0,12}}[A-ZÀ-Ý][\w'’-]{{1,30}}"
    rf"|\b[A-ZÄÖÜ][\wäöüß-]{{1,30}}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|straat|laan|plein|gracht) "
    rf"\d{{1,4}} ?[a-z]?\b"
    rf"|\b(?i:calle|c/|avenida|plaza|via|viale|piazza|corso|rua) (?:(?:de|del|la|della|di|da|do) ){{0,2}}"
    rf"[A-ZÀ-Ý][\w'’]{{2,30}},? \d{{1,4}}\b"
)
# Whoever says where they live may write small letters: "i live at 12 acacia avenue".
_LIVES = re.compile(
    rf"\b(?:live|lives|living|address(?: is|:)|based|reside|stay(?:ing)?|come to|visit me|send (?:it )?to) "
    rf"(?:(?:at|on|in|near|is|:) )?(?P<house>(?:(?:flat|apartment|apt|unit|no\.?|number) ?\d{{1,4}}[a-z]?,? )?"
    rf"\d{{1,5}}[a-z]?,? (?:[a-z'’-]{{2,30}} ){{1,3}}(?:{_STREET}))\b",
    re.IGNORECASE,
)
_BOX = re.compile(r"\bp\.? ?o\.? ?box ?#?\d{1,6}\b", re.IGNORECASE)
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|"
    "GL|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|"
    "PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|"
    "WS|WV|YO|ZE|GY|JE|IM"
)
_POSTCODE = re.compile(
    # Not the vitamins: "B12 2ND DOSE".
    rf"\b(?!B(?:[1-79]|12) \d(?:ST|ND|RD|TH)\b)(?:{_AREAS})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}\b"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|PR"
)
_ZIP = re.compile(rf"\b{_NAME}(?: {_NAME}){{0,2}},? (?:{_STATES})\.?,? \d{{5}}(?:-\d{{4}})?\b")
_CODE_SAID = re.compile(
    r"\b(?:post ?code|zip(?: ?code)?|plz|eircode|pin ?code)(?: is|:)? (?P<code>[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|"
    r"[a-z]\d[\dw] ?[a-z\d]{4}|\d{5,6}(?:-\d{4})?|\d{4} ?[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)\b",
    re.IGNORECASE,
)
_CANADIAN = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d\b")


def addresses(text: str) -> Iterator[tuple[int, int]]:
    for form in (_HOUSE, _BOX, _POSTCODE, _ZIP, _CANADIAN):
        for found in form.finditer(text):
            yield found.span()
    for found in _LIVES.finditer(text):
        yield found.span("house")
    for found in _CODE_SAID.finditer(text):
        yield found.span("code")
