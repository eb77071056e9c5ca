"""Immutable records, as `dataclasses` makes them, but that no method is written before it is called.

`dataclasses` writes each method of a class as text and compiles it: of two hundred frozen classes that took a third of the time that the
program took to start, and of most of them a run makes no instance. Here the one that has to be written, `__init__`, is
written when the first instance is made; the others are the same for all classes. What is not frozen is left to `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(cls=None, /, *, frozen=False, eq=True, order=False, **more):
        """What `dataclasses.dataclass` is; of its parameters, those that say how a method is to be are not taken."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, eq=eq, order=order, **more)
        if not frozen:
            return dataclasses.dataclass(cls, eq=eq, order=order, **more)
        cls.__doc__ = (
            cls.__doc__ or cls.__name__
        )  # else it would be made of the signature, which takes as long as all of this
        return _record(dataclasses.dataclass(cls, init=False, repr=False, eq=False, **more), eq, order)


def _record(cls: Any, eq: bool, order: bool) -> Any:
    """Give a class that has fields its methods."""

    def begin(self: Any, *args: Any, **given: Any) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *args, **given)

    cls.__init__, cls.__repr__ = begin, _repr
    cls.__setattr__ = cls.__delattr__ = _refuse
    if "__slots__" in cls.__dict__:
        cls.__getstate__, cls.__setstate__ = _state, _restore
    if eq:
        value = _value(cls)
        cls.__eq__ = _compared(value, lambda a, b: a == b)
        cls.__hash__ = lambda self: hash(value(self))
    if order:
        cls.__lt__, cls.__le__ = _compared(value, lambda a, b: a < b), _compared(value, lambda a, b: a <= b)
        cls.__gt__, cls.__ge__ = _compared(value, lambda a, b: a > b), _compared(value, lambda a, b: a >= b)
    return cls


def _init(cls: Any) -> Callable[..., None]:
    """The method that sets all fields."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": MISSING}
    given: list[str] = []
    body: list[str] = []
    for field in sorted(fields(cls), key=lambda field: bool(field.kw_only)):
        name, value = field.name, field.name
        default = field.default
        if field.default_factory is not MISSING:
            known[f"_make_{name}"], default = field.default_factory, MISSING
            value = f"_make_{name}() if {name} is _none else {name}"
            known[f"_of_{name}"] = MISSING
        elif default is not MISSING:
            known[f"_of_{name}"] = default
        if field.kw_only and "*" not in given:
            given.append("*")
        given.append(f"{name}=_of_{name}" if f"_of_{name}" in known else name)
        body.append(f"_set(self, {name!r}, {value})")
    exec(f"def __init__(self, {', '.join(given)}):\n " + "\n ".join(body or ["pass"]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _value(cls: Any) -> Callable[[Any], Any]:
    """All that is compared of an instance."""
    names = [field.name for field in fields(cls) if field.compare]
    return attrgetter(*names) if names else lambda _: ()


def _compared(value: Callable[[Any], Any], how: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    return lambda self, other: how(value(self), value(other)) if other.__class__ is self.__class__ else NotImplemented


def _repr(self: Any) -> str:
    told = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
