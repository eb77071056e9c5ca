"""The outline of maps: what is read, and what is said of a file that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outline import Outline, read_outline
from generator.settings import Settings

SQUARE = [[20, 50], [21, 50], [21, 51], [20, 50]]


def read(root: Path, text: str | bytes | None, path: str = "maps/a.geojson") -> tuple[Outline | None, list[str]]:
    if text is not None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    outline, problems = read_outline(root, Settings(map_outline=path, map_credit="Orb, public domain"))
    return outline, [str(p) for p in problems]


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.mark.parametrize(
    ("tree", "rings"),
    [
        (polygon(SQUARE), 1),
        (polygon(SQUARE, SQUARE), 2),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE, SQUARE]]}, 3),
        ({"type": "Feature", "geometry": polygon(SQUARE)}, 1),
        (
            {
                "type": "FeatureCollection",
                "licence": "x",
                "features": [{"type": "Feature", "geometry": polygon(SQUARE)}] * 2,
            },
            2,
        ),
        (polygon([[*place, 12.5] for place in SQUARE]), 1),
    ],
)
def test_polygons(tmp_path: Path, tree: object, rings: int) -> None:
    outline, problems = read(tmp_path, "\ufeff" + json.dumps(tree))
    assert problems == []
    assert outline == Outline((tuple((float(p[0]), float(p[1])) for p in SQUARE),) * rings, "Orb, public domain")


POINT = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [20, 50]}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, "no file is here, or it cannot be read"),
        ("{", "not JSON: "),
        (b"\xff\xfe", "byte 1 is not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "the file: null is neither Polygon nor MultiPolygon"),
        ('{"type": "Topology"}', 'the file: "Topology" is neither Polygon nor MultiPolygon'),
        (json.dumps({"type": "FeatureCollection", "features": [POINT]}), 'features[0]: "Point" is neither'),
        (json.dumps({"type": "FeatureCollection", "features": []}), "no polygon in it"),
        (json.dumps({"type": "FeatureCollection", "features": [1]}), "features[0] is no feature"),
        (json.dumps({"type": "Feature", "geometry": None}), 'the file: "Feature" is neither'),
        (json.dumps(polygon()), "the file: a polygon without rings"),
        (json.dumps(polygon(SQUARE[:3])), "the file: a ring of fewer than four positions"),
        (
            json.dumps(polygon([*SQUARE, [200, 50]])),
            "the file: [200, 50] is no position (longitude, then latitude, in degrees)",
        ),
        (json.dumps(polygon([*SQUARE, ["20", 50]])), 'the file: ["20", 50] is no position'),
        (json.dumps(polygon([*SQUARE, [True, 50]])), "the file: [true, 50] is no position"),
        (json.dumps(polygon([*SQUARE, [20]])), "the file: [20] is no position"),
        (
            '{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [1, 2], [1, 1]]]}',
            "the file: [NaN, 1] is no position",
        ),
        (json.dumps(polygon(SQUARE * 6000)), "more than 20,000 positions"),
        (" " * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_what_is_no_outline_is_told(tmp_path: Path, text: str | bytes | None, found: str) -> None:
    outline, problems = read(tmp_path, text)
    assert outline is None
    assert len(problems) == 1
    assert problems[0].startswith("maps/a.geojson:")
    assert f"error: map outline: {found}" in problems[0]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "else.geojson").write_text(json.dumps(polygon(SQUARE)))
    root = tmp_path / "briefing"
    root.mkdir()
    (root / "a.geojson").symlink_to(tmp_path / "else.geojson")
    outline, problems = read(root, None, "a.geojson")
    assert outline is None
    assert "leads out of the briefing's folder" in problems[0]


def test_without_the_setting_nothing_is_read(tmp_path: Path) -> None:
    assert read_outline(tmp_path, Settings()) == (None, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["Polygon", "Feature", "MultiPolygon"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "features"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(tree=JSON)
def test_any_json_is_an_outline_or_a_problem(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    outline, problems = read(tmp_path_factory.getbasetemp(), json.dumps(tree))
    assert (outline is None) == (len(problems) == 1)
