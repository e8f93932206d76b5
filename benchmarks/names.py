"""Invented people, with the skew of a Dutch register: a few names that many have, many that few."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

FREQUENT = "jansen"  # about one and a half in a hundred
FIRST_NAMES = (
    "Jan Piet Kees Mo Ali Sem Bram Daan Luuk Finn Milan Noah Levi Lars Thijs Ruben Gijs Bas Tim Max"
    " Anna Eva Julia Sara Emma Lotte Sophie Fenna Noor Yara Lina Maud Roos Iris Femke Anouk Sanne"
    " Désirée Zoë Chloë Joris Wouter Hamza Yusuf Omar Bilal Amir Karim Samir Nadia"
).split()
COMMON = (
    "de Jong,Jansen,de Vries,van den Berg,van Dijk,Bakker,Janssen,Visser,Smit,Meijer,de Boer,"
    "Mulder,de Groot,Bos,Vos,Peters,Hendriks,van Leeuwen,Dekker,Brouwer,de Wit,Dijkman,Smits,"
    "de Graaf,van der Meer,van der Linden,Kok,Jacobs,de Haan,Vermeulen,van den Heuvel,van der Veen"
).split(",")
BEGINNINGS = (
    "Kamp Hoog Laag Broek Water Zand Berg Bos Veld Steen Linden Eik Beuk Kerk Molen Dijk Meer Hof"
    " Wind Zomer Winter Noord Zuid Oost West Klein Groot Oud Nieuw Roo Zwart Wit Blauw Groen"
).split()
ENDINGS = (
    "huizen kamp berg man stra sma inga ema aert mans beek daal horst loo wijk rade brink drecht"
    " voort graaf meijer kens sen stein burg werf poel gaard akker eind hout lo"
).split()
MIDDLES = ("", "el", "er", "en", "ing", "aar", "ster", "kel", "ter", "mer")


@dataclass(frozen=True)
class Person:
    """A name and a birth date; nobody's."""

    first_name: str
    name_prefix: str
    last_name: str
    birth_date: date


def somebody(chance: random.Random) -> Person:
    """Half of the people have one of the common names, the first of them the most often."""
    if chance.random() < 0.5:
        surname = COMMON[min(int(chance.expovariate(0.1)), len(COMMON) - 1)]
    else:
        surname = "".join(chance.choice(part) for part in (BEGINNINGS, MIDDLES, ENDINGS))
    prefix, _, last = surname.rpartition(" ")
    born = date(1950, 1, 1) + timedelta(days=int(chance.triangular(0, 21_000, 14_000)))
    return Person(chance.choice(FIRST_NAMES), prefix, last, born)
