"""Invented plans, so that the office can be tried: in every state, and all made by the acts everybody uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.organisation.models import Unit
from pejl.office.plans import acts, carrying, goals, initiative_acts
from pejl.office.plans.initiative_acts import Said, Standing
from pejl.office.plans.kinds import Kind, Status
from pejl.office.plans.models import Plan

_UNIT = {
    "visions": "Vi er her for borgere, der har svært ved at holde fast i en bolig. Derfor begynder vi med hverdagen: "
    "post, husleje, naboer og nogen at ringe til. Borgeren sætter målene, og vi følger op sammen hver måned.",
    "development": "Vi prøver fælles morgenmøder på tværs af dag- og aftenhold, og vi rydder op i skemaer, som ingen "
    "læser længere.",
    "operations": "To stillinger er ubesatte frem til sommer, og køkkenet bliver bygget om i april. Vi flytter "
    "fællesspisningen til beboerhuset imens.",
    "challenges": "Flere flytter ind med større gæld end før. Vi mangler en fast kontakt i økonomirådgivningen.",
}
_OTHER = {
    "visions": "Flere unge skal have noget at stå op til. Vi følges med dem til skole, værksted og job, også når det "
    "kikser første gang.",
    "development": "Vi lærer af andre tilbud ved at besøge et nyt hver måned.",
    "operations": "Vagtplanen er lagt om, så de samme medarbejdere er hos de samme unge.",
    "challenges": "Værkstedet er for lille om vinteren.",
}
_CENTRE = {
    "direction": "Borgerne skal møde mennesker, der kender dem. Færre skift, én indgang, og en plan, der virker.",
    "common": "Enhederne deler vikarer og efteruddannelse og holder fire fælles læringsdage om året.",
    "operations": "Centeret flytter administration i efteråret. Ingen borgere bliver berørt.",
    "challenges": "Ventetiden på egen bolig gør, at pladserne er optaget af borgere, der er klar til at flytte.",
}
_AREA = {
    "need": "Flere borgere overnatter i og omkring parken, og naboer og gadeteam fortæller om det samme: der mangler "
    "et sted at være om dagen.",
    "aim": "Et sted at være, nogen at tale med, og en vej videre til egen bolig.",
    "together": "Gadeteamet, brugerorganisationer, lokaludvalget og de frivillige i varmestuen.",
    "money": "Fra maj til december inden for centerets egen ramme. Efter jul gøres der status.",
}


def build(world: World) -> None:
    """Add plans in every state for the year of the demonstration and the one before."""
    year = world.day.year
    leader, centre_leader = world.actors[Role.UNIT_LEADER], world.actors[Role.CENTRE_LEADER]
    unit, centre = world.units[0], world.centres[0]
    earlier = _development(unit, year - 1, _UNIT, _unit_initiatives(year - 1), leader, centre_leader)
    _follow_up(earlier, leader)
    now = carrying.copy_forward(plan=earlier, following=goals.following, by=leader)
    acts.hand_over(plan=now, by=leader)
    acts.confirm_talk(
        plan=now, agreed="Morgenmøderne fortsætter, og vi taler om dem igen til sommer.", by=centre_leader
    )
    _adopt(now, centre_leader)
    acts.add_note(plan=now, text="Økonomirådgivningen har givet os en fast kontakt. Tak!", by=leader)
    for other in _others(world, centre_leader):
        draft = _written(Kind.DEVELOPMENT, other, year, "", _OTHER, _other_initiatives(year), centre_leader)
        acts.hand_over(plan=draft, by=centre_leader)
    secretariat = world.actors[Role.SECRETARIAT]
    own = _written(Kind.CENTRE, centre, year, "", _CENTRE, _centre_initiatives(year), centre_leader)
    _through_the_committee(own, centre_leader, secretariat)
    _adopt(own, secretariat)
    area = _written(Kind.AREA, centre, year, "Parken og gaderne omkring", _AREA, (), centre_leader)
    _through_the_committee(area, centre_leader, secretariat)


def _development(
    unit: Unit, year: int, texts: dict[str, str], initiatives: Sequence[Said], leader: Actor, above: Actor
) -> Plan:
    plan = _written(Kind.DEVELOPMENT, unit, year, "", texts, initiatives, leader)
    acts.hand_over(plan=plan, by=leader)
    acts.confirm_talk(plan=plan, by=above)
    return _adopt(plan, above)


def _written(
    kind: Kind, unit: Unit, year: int, about: str, texts: dict[str, str], initiatives: Sequence[Said], by: Actor
) -> Plan:
    plan = acts.begin(kind=kind, unit=unit, year=year, about=about, by=by)
    acts.write(plan=plan, version=plan.version, texts=texts, by=by)
    for said in initiatives:
        initiative_acts.add(plan=plan, said=said, by=by)
    return plan


def _through_the_committee(plan: Plan, leader: Actor, secretariat: Actor) -> None:
    acts.hand_over(plan=plan, by=leader)
    acts.confirm_talk(plan=plan, by=secretariat)
    acts.put_before(plan=plan, by=secretariat)


def _adopt(plan: Plan, by: Actor) -> Plan:
    return acts.adopt(plan=plan, version=Plan.objects.get(pk=plan.pk).version, by=by)


def _follow_up(plan: Plan, leader: Actor) -> None:
    first, second, *others = plan.initiatives.all()
    standings = {
        first.pk: Standing(Status.DONE, "Det lykkedes, fordi borgerne selv bestemte dagsordenen."),
        second.pk: Standing(Status.GIVEN_UP, "Vi begyndte for stort. Næste gang spørger vi naboerne først."),
        **{each.pk: Standing(Status.UNDER_WAY) for each in others},
    }
    text = "Et godt år. Vi lærte mest af det, der ikke gik: store planer kræver små første skridt."
    initiative_acts.follow_up(plan=plan, text=text, standings=standings, by=leader)


def _others(world: World, leader: Actor) -> list[Unit]:
    """Return another unit of the centre leader's, if there is one."""
    return [unit for unit in world.units[1:] if unit.pk in leader.led][:1]


def _unit_initiatives(year: int) -> tuple[Said, ...]:
    first, second, third, *_ = _goals(year)
    return (
        Said(
            "Husmøde hver måned, ledet af beboerne",
            "Beboerne har indflydelse på det, der sker i huset.",
            "Flere siger, at de bliver hørt, og færre konflikter ender med en flytning.",
            date(year, 6, 30),
            "Husets kontaktpersoner",
            (first,),
            public=True,
        ),
        Said(
            "Naboskabsdag i gården",
            "Beboere og naboer lærer hinanden at kende.",
            "Naboer ringer til huset, før de klager.",
            date(year, 9, 1),
            "Afdelingslederen",
            (second,),
        ),
        Said(
            "Hjælp til post og budget hver torsdag",
            "Ingen skal miste sin bolig på grund af breve, der ikke blev åbnet.",
            "Færre kommer bagud med huslejen.",
            date(year + 1, 12, 1),
            "Boligvejlederen",
            (first, third),
            public=True,
        ),
    )


def _other_initiatives(year: int) -> tuple[Said, ...]:
    first, *_ = reversed(_goals(year))
    return (
        Said(
            "Følgeskab til første skoledag og første arbejdsdag",
            "De unge kommer godt fra start.",
            "Flere er der stadig efter tre måneder.",
            date(year, 10, 1),
            "Ungevejlederen",
            (first,),
        ),
    )


def _centre_initiatives(year: int) -> tuple[Said, ...]:
    goals_here = _goals(year)
    return (
        Said(
            "Fire fælles læringsdage",
            "Vi lærer af hinandens succeser og fejl.",
            "Hver enhed har prøvet mindst én ting, som en anden enhed har fundet på.",
            date(year, 12, 1),
            "Centerets udviklingskonsulent",
            (goals_here[-1],),
            public=True,
        ),
    )


def _goals(year: int) -> list[str]:
    """Return at least three goals of a year, in the order of the document; the same again where there are fewer."""
    found = goals.goals_of(year, "da")
    known = [card.id for strategy in found.strategies for section in strategy.sections for card in section.cards]
    return (known * 3)[: max(3, len(known))]
