"""A real browser for the tests that need one; where it is missing they say why and are skipped, or fail if told."""

import importlib
import importlib.util
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def missing() -> str:
    """Why there is no browser here; empty when there is one."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed: make browser"
    return "" if CHROMIUM.exists() else f"there is no {CHROMIUM}: install Chromium and a Chinese font"


def need_browser() -> None:
    why = missing()
    if why and os.environ.get("LIANXIN_REQUIRE_BROWSER") == "1":
        pytest.fail(why)
    if why:
        pytest.skip(why)


@asynccontextmanager
async def chromium() -> AsyncGenerator[Any, None]:
    api: Any = importlib.import_module("playwright.async_api")
    async with api.async_playwright() as playing:
        browser = await playing.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield browser
        await browser.close()


# What every visible piece of text stands on, and how far it stands out from it (WCAG 2: at least 4.5).
FAINT_TEXT = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba("Canvas");
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.matches(":disabled, option, .speaker")) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${element.textContent}`);
  }
  return faint;
}"""

SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, select, textarea")]
  .filter((each) => each.checkVisibility() && !each.closest(".text"))
  .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""

NAMELESS = """() => [...document.querySelectorAll("button, a, select, textarea, iframe")]
  .filter((each) => !(each.textContent.trim() || each.ariaLabel || each.title))
  .map((each) => each.outerHTML.slice(0, 80))"""
