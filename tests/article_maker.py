"""The shortest article that makes one claim."""

from __future__ import annotations

__all__ = ["ARTICLE"]

ARTICLE = """---
title: A test
author: A tester
published: 2026-01-01
as_of: 2015-10-22
patron: CHN
client: PRK
---

It is said that [something is so]{{.claim #c}}.

```claim
id: c
says: Something is so.
{block}
```
"""
