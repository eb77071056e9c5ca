"""Seeds: the articles a briefing is made of, as they came.

Reading turns bytes into a `Seed`: its header and its *normalised text*, which offsets and quotes
refer to (`generator.seeds.normal`). `.txt`, `.md` and `.html` each have a module here.
"""

from generator.seeds.identity import source_id, source_ids
from generator.seeds.reading import load_seed, read_draft, read_seed, read_seeds, seed_files, seed_path

__all__ = ["load_seed", "read_draft", "read_seed", "read_seeds", "seed_files", "seed_path", "source_id", "source_ids"]
