//! Reading a line: echo, rubbing out, and what happens at the right edge.

use super::{Gone, Shell};

/// Longer lines ring the bell.
const LONGEST: usize = 4096;

/// A line being typed, and how much of it is on the screen.
struct Line {
    text: Vec<u8>,
    /// The first character shown, when the line has scrolled.
    start: usize,
    prompt: usize,
    columns: usize,
    scrolls: bool,
    echo: Vec<u8>,
}

impl Line {
    fn type_in(&mut self, byte: u8) {
        if self.text.len() >= LONGEST {
            return self.echo.push(7);
        }
        self.text.push(byte);
        self.echo.push(byte);
        if self.columns < self.prompt + 8 {
            return;
        }
        let shown = self.prompt + self.text.len() - self.start;
        if self.scrolls && shown >= self.columns - 1 {
            self.scroll();
        } else if !self.scrolls && shown.is_multiple_of(self.columns) {
            self.echo.extend(b" \r");
        }
    }

    /// IOS moves the line to the left: back to the prompt, `$`, the tail, blanks over the rest.
    fn scroll(&mut self) {
        let old = self.text.len() - self.start;
        self.start += (self.columns - self.prompt) / 2;
        let tail = &self.text[self.start + 1..];
        self.echo.extend(std::iter::repeat_n(8, old));
        self.echo.push(b'$');
        self.echo.extend(tail);
        let blanks = old - tail.len() - 1;
        self.echo.extend(std::iter::repeat_n(b' ', blanks));
        self.echo.extend(std::iter::repeat_n(8, blanks));
    }

    fn rub_out(&mut self) {
        if self.text.pop().is_some() {
            self.start = self.start.min(self.text.len());
            self.echo.extend(b"\x08 \x08");
        }
    }
}

impl Shell {
    /// Reads a line. `prompt` is the number of columns it takes; passwords are not echoed.
    pub(super) async fn read_line(&mut self, prompt: usize, echo: bool) -> Result<String, Gone> {
        let (columns, scrolls) = (self.columns(), self.manners.scrolls);
        let mut line = Line { text: Vec::new(), start: 0, prompt, columns, scrolls, echo: Vec::new() };
        loop {
            if self.term.is_idle() && !line.echo.is_empty() {
                let bytes = std::mem::take(&mut line.echo);
                if echo {
                    self.term.send(bytes).await?;
                }
            }
            match self.term.key().await? {
                end @ (b'\r' | b'\n') => {
                    if end == b'\r' && !self.term.is_idle() {
                        let next = self.term.key().await?;
                        if next != b'\n' {
                            self.term.unread(next);
                        }
                    }
                    break;
                }
                8 | 127 => line.rub_out(),
                0x15 => (0..line.text.len()).for_each(|_| line.rub_out()),
                0x03 => {
                    line.text.clear();
                    break;
                }
                0x04 if line.text.is_empty() => return Ok("exit".to_owned()),
                0x1a => return self.end_line(line, echo, "end").await,
                byte @ 0x20.. => line.type_in(byte),
                _ => {}
            }
        }
        let text = String::from_utf8_lossy(&line.text).into_owned();
        self.end_line(line, echo, &text).await
    }

    async fn end_line(&mut self, mut line: Line, echo: bool, text: &str) -> Result<String, Gone> {
        if !echo {
            line.echo.clear();
        }
        line.echo.extend(b"\r\n");
        self.term.send(line.echo).await?;
        Ok(text.to_owned())
    }
}

#[test]
fn a_long_line_scrolls_or_wraps() {
    let typed = |scrolls, text: &str| {
        let mut line = Line { text: Vec::new(), start: 0, prompt: 4, columns: 16, scrolls, echo: Vec::new() };
        text.bytes().for_each(|b| line.type_in(b));
        String::from_utf8_lossy(&line.echo).into_owned()
    };
    assert_eq!(typed(false, "abcdefghijklm"), "abcdefghijkl \rm");
    assert_eq!(
        typed(true, "abcdefghijkl"),
        "abcdefghijk\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08$hijk      \x08\x08\x08\x08\x08\x08l"
    );
}
