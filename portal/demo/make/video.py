"""A short silent film of the wooden plug in seven steps, with burned captions and subtitles."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from portal.demo.loader.content import FILES

SIZE, RATE, SECONDS, FADE = (960, 720), 10, 6, 6
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
# picture, caption in the picture, subtitle
SCENES = (
    ("case-splash", "一　先问四句再动手", "漏的是什么、压力多大、温度多高、孔有多大多圆？人站侧面，一人守阀。"),
    ("plug-shape", "二　量孔选塞", "量出最大直径，大头比孔大 6 到 8 毫米，锥度 1 比 10。"),
    ("plug-shape", "三　缠丝抹油", "小头顺时针缠两层麻丝，抹薄薄一层黄油。"),
    ("plug-fit-right", "四　对正轻送", "木塞和孔成一条直线，迎着液流送进去，吃住劲停两秒。"),
    ("plug-fit-wrong", "错：歪着打", "歪着进去的木塞，一侧留缝，越敲越漏。"),
    ("plug-clamp-right", "五、六　三轻三重，加垫上箍", "铜锤三轻三重，听到声音变脆就停；两道喉箍左右对称。"),
    ("plug-clamp-wrong", "错：单箍压偏", "只上一道箍又压偏，压力一升塞头就被顶出来。"),
    ("plug-fit-right", "七　升压观察，挂牌登记", "分三次升压，每次停五分钟；最长 72 小时必须换管。"),
)


def _frames() -> Iterator[Image.Image]:
    face = ImageFont.truetype(FONT, 40, index=2)
    small = ImageFont.truetype(FONT, 24, index=2)
    before: Image.Image | None = None
    for number, (name, caption, _words) in enumerate(SCENES):
        picture = Image.open(FILES / "pictures" / f"{name}.webp").convert("RGB")
        for tick in range(SECONDS * RATE):
            frame = _frame(picture, tick / (SECONDS * RATE), caption, face)
            pen = ImageDraw.Draw(frame)
            pen.rectangle((0, 712, 960 * (number + tick / (SECONDS * RATE)) / len(SCENES), 720), fill="#b3261e")
            pen.text((936, 690), "木塞堵漏法", font=small, fill="#c9ced4", anchor="rm")
            if before is not None and tick < FADE:
                frame = Image.blend(before, frame, (tick + 1) / (FADE + 1))
            yield frame
        before = frame


def _frame(picture: Image.Image, part: float, caption: str, face: ImageFont.FreeTypeFont) -> Image.Image:
    """The picture moving in by four per cent over the scene, its caption below."""
    edge = 24 * part
    shown = picture.crop((edge, edge * 2 / 3, 1200 - edge, 800 - edge * 2 / 3)).resize(
        (960, 640), Image.Resampling.BICUBIC
    )
    frame = Image.new("RGB", SIZE, "#1d1f23")
    frame.paste(shown, (0, 0))
    ImageDraw.Draw(frame).text((24, 676), caption, font=face, fill="#ffffff", anchor="lm")
    return frame


def _clock(seconds: int) -> str:
    return f"00:{seconds // 60:02d}:{seconds % 60:02d}.000"


def wooden_plug(target: Path) -> None:
    """The film (H.264, yuv420p, playable while it loads) and its subtitles beside it."""
    command = [
        "ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "960x720", "-r", str(RATE), "-i", "-",
        "-c:v", "libx264", "-preset", "slow", "-crf", "27", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(target),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:  # noqa: S603 - our own words, no input
        assert encoder.stdin is not None  # noqa: S101 - asked for a pipe
        for frame in _frames():
            encoder.stdin.write(frame.tobytes())
    cues = [
        f"{number + 1}\n{_clock(number * SECONDS)} --> {_clock((number + 1) * SECONDS)}\n{words}"
        for number, (_name, _caption, words) in enumerate(SCENES)
    ]
    target.with_suffix(".zh.vtt").write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")
