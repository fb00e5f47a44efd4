"""Files to model: find a registry, read it strictly, keep a compiled copy. The only room that touches disk."""
