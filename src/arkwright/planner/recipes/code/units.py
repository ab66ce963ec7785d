"""Units: linear conversions between everyday units, as source text."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """`value * factor + offset` is the value in the base unit of its family."""

    name: str
    title: str
    family: str
    factor: Fraction
    offset: Fraction = Fraction(0)
    words: tuple[str, ...] = ()

    def to(self, target: str, literal: str = "{}") -> str:
        """An expression of `value` in the target unit; `literal` wraps each number."""
        other = UNITS[target]
        factor = self.factor / other.factor
        offset = (self.offset - other.offset) / other.factor
        text = "value"
        if factor.numerator != 1:
            text += f" * {_number(Fraction(factor.numerator), literal)}"
        if factor.denominator != 1:
            text += f" / {_number(Fraction(factor.denominator), literal)}"
        if offset:
            text += f" {'+' if offset > 0 else '-'} {_number(abs(offset), literal)}"
        return text


def _number(value: Fraction, literal: str) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return literal.format(f"{float(value):.10g}")


UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("celsius", "degrees Celsius", "temperature", Fraction(1), Fraction(0), ("celsius", "centigrade", "°c", "c")),
        Unit("fahrenheit", "degrees Fahrenheit", "temperature", Fraction(5, 9), Fraction(-160, 9), ("fahrenheit", "°f", "f")),
        Unit("kelvin", "kelvin", "temperature", Fraction(1), Fraction("-273.15"), ("kelvin", "kelvins", "k")),
        Unit("kilometres", "kilometres", "length", Fraction(1000), words=("km", "kilometres", "kilometers")),
        Unit("miles", "miles", "length", Fraction("1609.344"), words=("mi", "mile", "miles")),
        Unit("metres", "metres", "length", Fraction(1), words=("m", "metre", "metres", "meter", "meters")),
        Unit("feet", "feet", "length", Fraction("0.3048"), words=("ft", "foot", "feet")),
        Unit("inches", "inches", "length", Fraction("0.0254"), words=("inch", "inches")),
        Unit("centimetres", "centimetres", "length", Fraction("0.01"), words=("cm", "centimetres", "centimeters")),
        Unit("kilograms", "kilograms", "mass", Fraction(1), words=("kg", "kilo", "kilos", "kilograms")),
        Unit("pounds", "pounds", "mass", Fraction("0.45359237"), words=("lb", "lbs", "pounds")),
        Unit("litres", "litres", "volume", Fraction(1), words=("l", "litre", "litres", "liter", "liters")),
        Unit("gallons", "US gallons", "volume", Fraction("3.785411784"), words=("gallon", "gallons")),
    )
}


def unit(word: str) -> str:
    """The name of the unit that `word` means, or "" when it means none."""
    return next((name for name, entry in UNITS.items() if word.casefold() in entry.words), "")
