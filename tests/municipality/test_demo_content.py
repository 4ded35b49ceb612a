"""The demo municipality's files agree with each other, speak both languages and mind their words."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

ROOT = Path(__file__).parents[2] / "mimer"
DEMO = ROOT / "municipality" / "melikgazi"
LETTERS = ROOT / "notify" / "letters"

TYPES = {"request", "wish", "info", "complaint", "referral", "suggestion", "tip", "thanks", "foi", "data_subject"}
PRIORITIES = {"urgent", "high", "normal", "low"}
CHANNELS = {"phone", "desk", "petition", "web", "email", "whatsapp", "social", "cimer", "muhtar", "unit"}
OUTCOMES = {"positive", "partial", "negative", "informed", "forwarded", "unfounded", "not_found", "not_examined"}
REASONED = {"partial", "negative", "unfounded", "not_found"}
ANSWERED = {"resolved", "closed", "not_solved", "reopened", "in_approval"}
ROLES = {
    "agent",
    "greeter",
    "hall_manager",
    "representative",
    "officer",
    "unit_head",
    "arbiter",
    "field_worker",
    "centre_manager",
    "deputy_mayor",
    "mayor",
    "moderator",
    "auditor",
    "administrator",
}
NEEDS = {
    "planned": "plan_days",
    "waiting_applicant": "question_to_citizen",
    "waiting_third_party": "third_party",
    "returned": "return_grounds",
    "returned_twice": "ruling_unit",
    "not_solved": "not_solved_text",
    "reopened": "reopen_reason",
    "merged": "merged_into",
    "split": "split_into",
    "withdrawn": "withdraw_word",
    "not_examined": "not_examined_ground",
    "forwarded": "external_body",
    "invalid": "invalid_reason",
    "interim": "interim_text",
}
FATES = ANSWERED | set(NEEDS) | {"registered", "assigned", "in_progress"}
# The words LOOK forbids to a citizen: begging, and officialese for "we did it".
FORBIDDEN = re.compile(r"\blütfen\b|gerçekleştirilmiş|geçersiz giriş|bu alan zorunlu|\bvatandaşımız\b", re.IGNORECASE)


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data(name: str) -> Any:
    return json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))


UNITS = {row["code"]: row for row in rows("units")}
SUBJECTS = {row["code"]: row for row in rows("subjects")}
BODIES = {row["code"]: row for row in rows("external_bodies")}
NEIGHBOURHOODS = {row["slug"]: row for row in rows("neighbourhoods")}
QUESTIONS: dict[str, list[dict[str, Any]]] = data("questions")
STAFF = data("staff")
CASES: list[dict[str, Any]] = data("demo_cases")
USERNAMES = {member["username"] for member in STAFF["staff"]}


def question_of(subject: str, code: str) -> dict[str, Any]:
    return next(question for question in QUESTIONS[subject] if question["code"] == code)


def answers_fit(question: dict[str, Any], answer: object) -> bool:
    match question["kind"]:
        case "choice":
            return answer in {choice["code"] for choice in question["choices"]}
        case "yesno":
            return answer in ("yes", "no")
        case "number":
            return isinstance(answer, int)
        case "date":
            return isinstance(answer, str) and re.fullmatch(r"[+-]\d+", answer) is not None
    return bool(answer)


def test_units_are_one_tree_and_parents_come_first() -> None:
    seen: set[str] = set()
    for code, row in UNITS.items():
        assert row["parent_code"] in seen or (row["kind"] == "mayor" and not seen), code
        assert row["kind"] in {"mayor", "deputy_mayor", "unit"} and row["name_tr"] and row["name_en"]
        seen.add(code)
    assert [code for code, row in UNITS.items() if row["is_desk"] == "1"] == ["MIM"]


def test_every_unit_has_a_head_a_representative_and_a_deputy() -> None:
    for code, row in UNITS.items():
        posts = STAFF["units"][code]
        wanted = ("head", "representative", "deputy") if row["kind"] == "unit" else ("head",)
        assert all(posts[post] in USERNAMES for post in wanted), code
        assert row["kind"] != "unit" or len({posts[post] for post in wanted}) == 3, code


@pytest.mark.parametrize("code", SUBJECTS)
def test_a_subject_is_complete(code: str) -> None:
    row = SUBJECTS[code]
    assert row["unit_code"] in UNITS and (not row["external_body_code"] or row["external_body_code"] in BODIES)
    assert row["default_type"] in row["allowed_types"].split("|") and set(row["allowed_types"].split("|")) <= TYPES
    assert row["evidence"] in {"none", "photo", "document_number", "note"} and row["default_priority"] in PRIORITIES
    assert {row["needs_approval"], row["citizen_visible"]} <= {"0", "1"} and int(row["weight"]) > 0
    words = row["keywords_tr"].split("|")
    assert len(words) >= 4 and all(word.strip() == word and word for word in words) and len(set(words)) == len(words)
    assert (
        row["hint_tr"]
        and row["hint_en"]
        and row["category_en"]
        and bool(row["emergency_tr"]) == bool(row["emergency_en"])
    )


def test_life_threatening_subjects_name_the_number_to_call_first() -> None:
    for code, number in {
        "DIS-10": "187",
        "DIS-17": "112",
        "DIS-18": "112",
        "YKM-03": "112",
        "KAH-02": "112",
        "VET-03": "hastaneye",
    }.items():
        assert number in SUBJECTS[code]["emergency_tr"], code


def test_the_subjects_met_most_often_have_questions() -> None:
    assert len(QUESTIONS) >= 65 and set(QUESTIONS) <= set(SUBJECTS)
    often = sorted(SUBJECTS, key=lambda code: -int(SUBJECTS[code]["weight"]))[:60]
    assert sum(code in QUESTIONS for code in often) >= 55


@pytest.mark.parametrize("subject", QUESTIONS)
def test_questions_are_few_clear_and_in_both_languages(subject: str) -> None:
    questions = QUESTIONS[subject]
    assert 1 <= len(questions) <= 3 and len({question["code"] for question in questions}) == len(questions)
    for question in questions:
        assert re.fullmatch(r"[a-z0-9_]+", question["code"]) and question["kind"] in {
            "text",
            "choice",
            "yesno",
            "number",
            "date",
        }
        assert question["text_tr"] and question["text_en"] and bool(question["help_tr"]) == bool(question["help_en"])
        assert (len(question["choices"]) >= 2) == (question["kind"] == "choice")
        assert all(choice["tr"] and choice["en"] for choice in question["choices"])


def test_routing_rules_name_things_that_exist() -> None:
    for rule in data("routing_rules"):
        assert rule["unit_code"] in UNITS and rule["reason_tr"] and rule["reason_en"] and len(rule["reason_tr"]) <= 300
        assert rule["subject_code"] in (None, *SUBJECTS) and rule["neighbourhood_slug"] in (None, *NEIGHBOURHOODS)
        assert rule["case_type"] in (None, *TYPES) and rule["priority"] in (None, *PRIORITIES)
        if rule["question_code"]:
            assert answers_fit(question_of(rule["subject_code"], rule["question_code"]), rule["answer"])
        assert any(rule[key] for key in ("case_type", "neighbourhood_slug", "question_code"))


def test_requests_for_information_and_personal_data_always_have_one_door() -> None:
    doors = {rule["case_type"]: rule["unit_code"] for rule in data("routing_rules") if rule["case_type"]}
    assert doors == {"foi": "YAZ", "data_subject": "HUK"}


def test_neighbourhoods_and_institutions_can_be_found_and_reached() -> None:
    assert all(
        row["aliases"] and -90 < float(row["lat"]) < 90 and -180 < float(row["lon"]) < 180
        for row in NEIGHBOURHOODS.values()
    )
    assert all(row["how_tr"] and row["how_en"] for row in BODIES.values())


def test_staff_hold_known_roles_and_each_role_has_one_sign_in() -> None:
    assert len(USERNAMES) == len(STAFF["staff"]) and set(STAFF["demo_sign_in_roles"]) == ROLES
    held = {member["username"]: {held["role"] for held in member["roles"]} for member in STAFF["staff"]}
    assert all(role in held[username] for role, username in STAFF["demo_sign_in_roles"].items())
    for member in STAFF["staff"]:
        assert (
            member["username"].isascii()
            and member["username"].endswith("@demo.example")
            and member["title_tr"]
            and member["title_en"]
        )
        assert all(held["role"] in ROLES and held["unit_code"] in (None, *UNITS) for held in member["roles"])
    assert all(set(crew["members"]) <= USERNAMES and crew["unit_code"] in UNITS for crew in STAFF["crews"])


def test_every_sensitive_subject_and_no_other_names_who_may_see_it() -> None:
    named = data("sensitive_access")
    assert set(named) == {code for code, row in SUBJECTS.items() if row["sensitive"] == "1"}
    assert all(people and set(people) <= USERNAMES for people in named.values())


def test_people_are_invented_and_can_be_told_in_the_way_they_prefer() -> None:
    people = data("people")
    assert len(people) >= 200 and any(len(person["family_name"]) == 1 for person in people)
    for person in people:
        number = person["phone"]
        assert number is None or (
            re.match(r"0500 000 |0352 000 ", number) and phonenumbers.is_valid_number(phonenumbers.parse(number, "TR"))
        )
        assert person["email"] is None or (person["email"].isascii() and person["email"].endswith("@example.org"))
        assert person["preferred_way"] in {"email", "sms", "phone", "letter", "none"} and person["language"] in {
            "tr",
            "en",
        }
        reached_by = {"email": "email", "sms": "phone", "phone": "phone", "letter": "address"}
        assert person["preferred_way"] == "none" or person[reached_by[person["preferred_way"]]], person


@pytest.mark.parametrize("place", range(len(CASES)))
def test_a_demo_case_holds_together(place: int) -> None:
    case = CASES[place]
    subject = SUBJECTS[case["subject_code"]]
    assert case["type"] in subject["allowed_types"].split("|") and case["channel"] in CHANNELS and case["fate"] in FATES
    assert case["text"] and 0 <= case["days_ago"] <= 120 and case["neighbourhood_slug"] in (None, *NEIGHBOURHOODS)
    assert not (case["anonymous"] and subject["needs_identity"] == "1")
    if subject["needs_location"] == "1" or subject["needs_parcel"] == "1":
        assert case["neighbourhood_slug"] or case["address"] or case["parcel"]
    asked = {question["code"]: question for question in QUESTIONS.get(case["subject_code"], [])}
    assert all(code in asked and answers_fit(asked[code], answer) for code, answer in case["answers"].items())
    assert {code for code, question in asked.items() if question["required"]} <= set(case["answers"])


@pytest.mark.parametrize("place", range(len(CASES)))
def test_a_demo_case_brings_what_its_fate_needs(place: int) -> None:
    case = CASES[place]
    subject = SUBJECTS[case["subject_code"]]
    needed = NEEDS.get(case["fate"])
    assert needed is None or needed in case
    if case["fate"] in ANSWERED:
        assert case["outcome"] in OUTCOMES and case["answer_text"]
        assert case["outcome"] not in REASONED or case["reason_text"]
        proved = subject["evidence"] == "document_number" and case["outcome"] in {"positive", "partial"}
        assert not proved or case["document_number"]
    assert (
        case.get("external_body", "KBB") in BODIES
        and case.get("third_party", "KBB") in BODIES
        and case.get("ruling_unit", "MIM") in UNITS
    )
    if case["fate"] == "merged":
        main = CASES[case["merged_into"]]
        assert (
            case["merged_into"] < place
            and main["subject_code"] == case["subject_code"]
            and main["days_ago"] >= case["days_ago"]
        )
    assert all(part["subject_code"] in SUBJECTS and part["text"] for part in case.get("split_into", []))


def test_demo_cases_show_every_fate_and_the_busiest_subjects_of_a_real_centre() -> None:
    assert len(CASES) >= 300 and {case["fate"] for case in CASES} == FATES
    counts: dict[str, int] = {}
    for case in CASES:
        category = SUBJECTS[case["subject_code"]]["category_tr"]
        counts[category] = counts.get(category, 0) + 1
    assert sorted(counts, key=lambda name: -counts[name])[:3] == ["İmar ve yapı", "Çevre ve temizlik", "Yol ve ulaşım"]
    channels = [case["channel"] for case in CASES]
    assert max(CHANNELS, key=channels.count) == "phone"


def test_canned_answers_use_only_known_words_and_have_general_ones_per_outcome() -> None:
    answers = data("canned_answers")
    assert (
        len(answers) >= 90 and {answer["outcome"] for answer in answers if answer["subject_code"] is None} == OUTCOMES
    )
    known = {"applicant", "number", "subject", "unit", "place", "date"}
    for answer in answers:
        assert (
            answer["subject_code"] in (None, *SUBJECTS)
            and answer["title_tr"]
            and answer["title_en"]
            and len(answer["title_tr"]) <= 160
        )
        assert (
            set(re.findall(r"\{(\w+)\}", answer["text_tr"]))
            == set(re.findall(r"\{(\w+)\}", answer["text_en"]))
            <= known
        )


def test_every_letter_exists_in_each_form_and_language_with_the_same_words() -> None:
    forms = ("", ".call", ".sms")
    files = {path.name for path in LETTERS.glob("*.txt")}
    events = {name.split(".")[0] for name in files} - {"tracking_link"}
    wanted = {(event, form) for event in events for form in forms} | {("tracking_link", ""), ("tracking_link", ".sms")}
    assert files == {f"{event}{form}.{language}.txt" for event, form in wanted for language in ("tr", "en")}
    for event, form in wanted:
        words = [
            set(re.findall(r"\{(\w+)\}", (LETTERS / f"{event}{form}.{language}.txt").read_text(encoding="utf-8")))
            for language in ("tr", "en")
        ]
        assert words[0] == words[1], (event, form)


def test_every_outcome_has_its_sentence_in_both_languages() -> None:
    sentences = json.loads((LETTERS / "outcomes.json").read_text(encoding="utf-8"))
    assert set(sentences) >= OUTCOMES and all(each["tr"] and each["en"] for each in sentences.values())


def test_text_messages_are_short_before_they_are_filled_in() -> None:
    for path in LETTERS.glob("*.sms.*.txt"):
        assert len(path.read_text(encoding="utf-8").strip()) <= 155, path.name


def test_what_we_write_to_citizens_minds_its_words() -> None:
    written = [path.read_text(encoding="utf-8") for path in LETTERS.iterdir()]
    written += [
        (DEMO / name).read_text(encoding="utf-8")
        for name in ("subjects.csv", "questions.json", "canned_answers.json", "external_bodies.csv")
    ]
    written += [json.dumps(data(name), ensure_ascii=False) for name in ("privacy_notice", "opening_hours")]
    written += [
        case.get("answer_text", "") + case.get("question_to_citizen", "") + case.get("interim_text", "")
        for case in CASES
    ]
    assert not [found for text in written if (found := FORBIDDEN.search(text))]


def test_the_privacy_notice_informs_and_asks_for_no_consent() -> None:
    notice = data("privacy_notice")
    assert all(notice[f"{form}_{language}"] for form in ("short", "full", "spoken") for language in ("tr", "en"))
    assert "rızanızı istemiyoruz" in notice["full_tr"] and "onaylıyorum" not in notice["full_tr"]


def test_business_hours_are_eight_a_day_on_weekdays() -> None:
    hours: dict[int, int] = {}
    for span in data("opening_hours")["business_hours"]:
        hours[span["weekday"]] = hours.get(span["weekday"], 0) + int(span["closes"][:2]) - int(span["opens"][:2])
    assert hours == dict.fromkeys(range(5), 8)
