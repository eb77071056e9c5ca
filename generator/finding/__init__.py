"""The search index of a site: files that a script fetches by need, and the tables from which only what changed is written anew."""
