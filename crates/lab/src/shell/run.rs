//! Running a line.

use super::acts::{self, Act};
use super::modes::Mode;
use super::{Gone, Shell, errors, pipe};
use crate::render::Lookup;
use crate::world::Platform;

impl Shell {
    /// Runs a line that was typed behind a prompt of `prompt` columns.
    pub(super) async fn run_line(&mut self, line: &str, prompt: usize) -> Result<(), Gone> {
        let line = line.trim_end();
        let start = line.len() - line.trim_start().len();
        let line = &line[start..];
        if line.is_empty() || line.starts_with('!') {
            return Ok(());
        }
        if let Some(pause) = self.lab.pause() {
            self.term.flush().await?;
            pause.await;
        }
        if matches!(self.mode, Mode::Config | Mode::ConfigIf) {
            return self.configure(line, prompt + start).await;
        }
        let Ok((command, filter)) = pipe::split(self.platform, line) else {
            let at = line.find('|').map_or(0, |at| at + 1);
            return self.refuse(line, prompt + start, &Lookup::Invalid(at)).await;
        };
        match acts::find(self.platform, command) {
            Ok((name, Act::Show(render))) => {
                if self.mode == Mode::User && name == "show running-config" {
                    let text = errors::privileged(self.platform, command, prompt + start);
                    return self.term.send(super::output::wire(text.as_bytes())).await;
                }
                self.show(name, render, filter.as_ref()).await
            }
            Ok((name, Act::Configure | Act::Accept(_))) if self.mode == Mode::User && !name.starts_with("terminal") => {
                let text = errors::privileged(self.platform, command, prompt + start);
                self.term.send(super::output::wire(text.as_bytes())).await
            }
            Ok((_, act)) => self.act(act).await,
            Err(why) => match self.lab.corpus_output(self.platform, command) {
                Some(text) => self.print(&text).await,
                None => self.refuse(command, prompt + start, &why).await,
            },
        }
    }

    async fn refuse(&mut self, line: &str, prompt: usize, why: &Lookup) -> Result<(), Gone> {
        let text = errors::message(self.platform, line, prompt, why);
        self.term.send(super::output::wire(text.as_bytes())).await
    }

    async fn show(
        &mut self,
        name: &str,
        render: crate::render::Render,
        filter: Option<&pipe::Pipe>,
    ) -> Result<(), Gone> {
        let hostile = self.lab.with_device(self.device, |_, d| d.overrides.outputs.get(name).cloned());
        if let Some(hostile) = hostile {
            return self.print_hostile(&hostile).await;
        }
        let text = self.lab.with_device(self.device, render);
        match filter {
            None => self.print(&text).await,
            Some(pipe::Pipe::NoMore) => {
                let page = self.page.replace(0);
                let done = self.print(&text).await;
                self.page = page;
                done
            }
            Some(filter) => self.print(&filter.apply(&text)).await,
        }
    }

    async fn act(&mut self, act: Act) -> Result<(), Gone> {
        match act {
            Act::Show(_) => Ok(()),
            Act::Length(n) => {
                self.page = Some(n);
                let text = match (self.platform, n) {
                    (Platform::JuniperJunos, _) => format!("Screen length set to {n}\r\n"),
                    (Platform::AristaEos, 0) => "Pagination disabled.\r\n".to_owned(),
                    (Platform::AristaEos, _) => format!("Pagination set to {n} lines.\r\n"),
                    _ => String::new(),
                };
                self.term.send(text).await
            }
            Act::Width(n) => {
                self.width = Some(n);
                let text = match self.platform {
                    Platform::JuniperJunos => format!("Screen width set to {n}\r\n"),
                    Platform::AristaEos => format!("Width set to {n} columns.\r\n"),
                    _ => String::new(),
                };
                self.term.send(text).await
            }
            Act::Accept(text) => self.term.send(super::output::wire(text.as_bytes())).await,
            Act::Enable => self.enable().await,
            Act::Disable => {
                self.mode = Mode::User;
                Ok(())
            }
            Act::Configure => {
                self.mode = Mode::Config;
                let text = match self.platform {
                    Platform::CiscoIos => "Enter configuration commands, one per line.  End with CNTL/Z.\r\n",
                    Platform::CiscoNxos => "Enter configuration commands, one per line. End with CNTL/Z.\r\n",
                    Platform::AristaEos => "",
                    Platform::JuniperJunos => "Entering configuration mode\r\n",
                };
                self.term.send(text).await
            }
            Act::Leave => {
                self.mode = Mode::Closed;
                Ok(())
            }
        }
    }

    /// IOS asks for the secret, three times at most; EOS lets an administrator through.
    async fn enable(&mut self) -> Result<(), Gone> {
        if self.mode == Mode::Exec || self.platform == Platform::AristaEos {
            self.mode = Mode::Exec;
            return Ok(());
        }
        for _ in 0..3 {
            self.term.send("Password: ").await?;
            let secret = self.read_line(10, false).await?;
            if self.lab.accepts_enable(self.device, &secret) {
                self.mode = Mode::Exec;
                return Ok(());
            }
        }
        self.term.send("% Bad secrets\r\n\r\n").await
    }
}
