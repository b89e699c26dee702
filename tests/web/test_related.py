"""After the needs are chosen, the page asks for a few that lie near, and adds one by a button."""

from tests.conftest import Visitor

START = {"for_whom": "self", "age": "old", "danger": "none"}


def choose(client: Visitor, *needs: str) -> Visitor:
    return client.begin().answer_all({**START, "needs": [*needs]}, until="chores_amount")


def add(client: Visitor, need: str) -> None:
    token = client.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    client.page = client.client.post("/nb/legg-til", data={"csrf_token": token, "need": need}, follow_redirects=True)


def test_the_page_after_the_choice_offers_what_lies_near_to_it(client: Visitor) -> None:
    choose(client, "chores")
    assert "Gjelder noe av dette også?" in client.text
    assert "Legg til: Et sted å bo" in client.text


def test_later_pages_do_not_offer_it_again(client: Visitor) -> None:
    choose(client, "chores").answer("all")
    assert client.question == "tried"
    assert "Gjelder noe av dette også?" not in client.text


def test_a_need_that_is_added_gets_its_questions_and_nothing_is_lost(client: Visitor) -> None:
    choose(client, "chores")
    add(client, "home")
    client.answer_all({"chores_amount": "all", "tried": "talked", "home_now": "fine", "home_place": "town"})
    assert client.kind == "result"
    assert "Husarbeid" in client.text
    assert "Et sted å bo" in client.text


def test_what_was_not_offered_is_not_added(client: Visitor) -> None:
    choose(client, "chores")
    for forged in ("friends", "nonsense", ""):
        add(client, forged)
    client.answer_all({"chores_amount": "none"})
    assert client.kind == "result"
    assert "Et sted å bo" not in client.text
