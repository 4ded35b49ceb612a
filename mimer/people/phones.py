"""Telephone numbers as people type them, made comparable: E.164, or the short code as it is."""

from functools import lru_cache

import phonenumbers
from phonenumbers import shortnumberinfo

REGION = "TR"
# Official short numbers that are valid in the region but may not be "possible" as subscriber numbers.
SHORT = frozenset(
    {"110", "112", "153", "154", "155", "156", "158", "170", "177", "181", "182", "185", "186", "187", "188", "189"}
)


@lru_cache(maxsize=4096)
def normalise(raw: str, area_code: str = "") -> str:
    """E.164 of a number typed in Türkiye ("0532 123 45 67", "252 13 33" with an area code), or "" if it is none."""
    digits = "".join(sign for sign in raw if sign.isdigit())
    if digits in SHORT and shortnumberinfo.is_valid_short_number_for_region(_short(digits), REGION):
        return digits
    candidates = [raw] + ([f"0{area_code}{digits}"] if area_code and len(digits) == 7 else [])
    for candidate in candidates:
        try:
            number = phonenumbers.parse(candidate, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def display(e164: str) -> str:
    """The number as people write it: "0532 123 45 67", or the international form for a foreign one."""
    try:
        number = phonenumbers.parse(e164, REGION)
    except phonenumbers.NumberParseException:
        return e164
    if number.country_code != 90 or len(e164) <= 4:
        return (
            e164 if len(e164) <= 4 else phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL).replace("(", "").replace(")", "")


def _short(digits: str) -> phonenumbers.PhoneNumber:
    return phonenumbers.parse(digits, REGION)
