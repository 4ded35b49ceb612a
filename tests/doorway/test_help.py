"""The doorway's own words: every command is listed with one sentence."""

from mimer.doorway.__main__ import OWN, commands_of_rooms, help_text, main


def test_help_lists_every_command_with_its_sentence() -> None:
    rooms = commands_of_rooms()
    text = help_text(rooms)
    for name, sentence in {**OWN, **rooms}.items():
        assert sentence.endswith("."), f"{name} needs one sentence as its help"
        assert f"  {name} " in text
        assert sentence in text


def test_a_mistyped_command_is_answered_with_the_nearest_one(capsys) -> None:
    assert main(["tset"]) == 2
    assert "Did you mean 'test'?" in capsys.readouterr().err
