"""Questions over a registry, one module each: pure functions from the model to results whose fields are the JSON contract."""
