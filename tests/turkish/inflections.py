"""The inflections of a Turkish noun, made by rule, to measure how many of them search brings together."""

_NOUNS = """
avukat bayan bebek bekçi belge beton bilet bitki bodrum boşluk bölüm cihaz çalı çatlak çekirdek çiftçi çizgi çorba
damar defter demir deniz depo dernek devlet dilim dolap doktor duvar düdük eldiven emekli etkinlik fırtına fiş gazete
gemi görüntü gözlük güneş haber hakem halı hamam hanım hareket hata hedef hizmet ırgat ısı iskele istasyon izin kablo
kâğıt kalem kalp kanat kanun kapsam karpuz kaya kayıp kazan kemer kenar kiremit kilise kilit kişilik koltuk kongre
kömürlük kuruluş kuyu kültür liman lise maaş madde makine malzeme manzara mektup memleket metre mevsim minare misafir
mühendis mülk müze namaz nehir nokta nüfus ocak oda ordu örnek paket palto para pencere peron petrol pil piknik polis
rapor renk resim rüzgar sandık savcı sebze semt sendika serçe sınır sınıf soba sonbahar sözleşme sürü şair şarkı şirket
şube tablo takvim tavan tarih tepe teras terzi tiyatro toz tören tünel uçak usul üniversite vadi vergi yangın yapı yarar
yatak yaz yemek yetki yıldız yokuş yorum yüzey zarar zeytin zincir
"""
HELD_OUT_NOUNS = _NOUNS.split()

_VOWELS = "aeıioöuü"
_HARD = "fstkçşhp"
_SOFTENED = {"k": "ğ", "p": "b", "t": "d", "ç": "c"}


def inflections(noun: str) -> set[str]:
    """Give the noun in number, possession and case, with and without softening of its last letter."""
    softened = noun[:-1] + _SOFTENED.get(noun[-1], noun[-1])
    plural = f"{noun}l{_two(noun)}r"
    forms = {noun, plural} | _cases(noun) | _cases(plural) | _possessed(plural)
    for root in (noun, softened):
        forms |= _cases(root) | _possessed(root)
    return forms


def _two(root: str) -> str:
    return "a" if _last_vowel(root) in "aıou" else "e"


def _four(root: str) -> str:
    vowel = _last_vowel(root)
    return {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}[vowel]


def _last_vowel(root: str) -> str:
    return next(letter for letter in reversed(root) if letter in _VOWELS)


def _cases(root: str) -> set[str]:
    a, i, d = _two(root), _four(root), "t" if root[-1] in _HARD else "d"
    y, n = ("y", "n") if root[-1] in _VOWELS else ("", "")
    return {
        root + ending for ending in (f"{y}{a}", f"{y}{i}", f"{n}{i}n", f"{d}{a}", f"{d}{a}n", f"{d}{a}ki", f"{y}l{a}")
    }


def _possessed(root: str) -> set[str]:
    i, vowel = _four(root), root[-1] in _VOWELS
    ours = {root + (ending if vowel else i + ending) for ending in ("m", "n", f"m{i}z", f"n{i}z")}
    his = f"{root}{'s' if vowel else ''}{i}"
    a = _two(his)
    his_cases = {his + ending for ending in (f"n{a}", f"n{i}", f"n{i}n", f"nd{a}", f"nd{a}n", f"nd{a}ki", f"yl{a}")}
    return {his} | ours | his_cases | {form for root in ours for form in _cases(root)}
