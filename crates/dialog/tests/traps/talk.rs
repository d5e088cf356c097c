//! Plays a conversation between a dialog and a device, with the bytes cut anywhere.

use std::sync::{Arc, LazyLock};

use dialog::{Dialog, Output, Profile, Reply, Step};
use model::platform::{Answer, Enable, SessionSpec};

use crate::device::{Device, Event};

fn spec() -> SessionSpec {
    let answer = |pattern: &str, answer: &str| Answer { pattern: pattern.into(), answer: answer.into() };
    SessionSpec {
        prompt: r"[^\s#>$]{0,80}( [^\s#>$]{1,30})?(\([^)]{1,60}\))?[>#$] ?".into(),
        prompt_banner: Some(r"\{(master|backup|linecard)(:\w+)?\}|\[edit.*\]".into()),
        enable: Some(Enable {
            command: "enable".into(),
            unprivileged: r">\s*$".into(),
            password: "(?i)password: ?$".into(),
        }),
        prepare: vec![],
        exit: "exit".into(),
        pager: vec![answer(" ?--More-- ?$", " ")],
        questions: vec![answer("(?i)press any key to continue", " "), answer(r"\[y/N\] ?$", "y\r")],
        errors: vec!["^% ?(Invalid|Incomplete)".into()],
        user_suffix: None,
    }
}

pub struct Talk {
    pub outputs: Vec<Output>,
    pub last: Step,
    pub dialog_prompt: String,
    pub motd: String,
    pub device: Device,
}

/// Runs all commands and leaves. `cuts`: sizes of the chunks, over and over.
pub fn talk(device: Device, enable: bool, commands: &[&str], cuts: &[usize], cap: usize) -> Talk {
    converse(device, enable, false, commands, cuts, cap)
}

/// As [`talk`]; once the device is known to echo, all other commands are typed at once.
pub fn talk_ahead(device: Device, commands: &[&str], cuts: &[usize], cap: usize) -> Talk {
    converse(device, false, true, commands, cuts, cap)
}

fn converse(mut device: Device, enable: bool, ahead: bool, commands: &[&str], cuts: &[usize], cap: usize) -> Talk {
    static PROFILE: LazyLock<Arc<Profile>> = LazyLock::new(|| Arc::new(Profile::compile(&spec()).expect("valid")));
    let mut dialog = Dialog::new(PROFILE.clone(), cap);
    let mut cuts = cuts.iter().copied().cycle();
    let mut commands = commands.iter().peekable();
    let mut enable = enable;
    let mut inbox: Vec<u8> = Vec::new();
    let mut silences = 0;
    let last = loop {
        let step = dialog.step();
        match step {
            Step::Send(reply) => device.input(&bytes(reply)),
            Step::Ready if std::mem::take(&mut enable) => device.input(&dialog.enable().expect("unprivileged")),
            Step::Ready => match commands.next() {
                Some(command) => {
                    let mut typed = dialog.command(command);
                    while let Some(next) = commands.next_if(|next| ahead && dialog.reads_ahead(next)) {
                        typed.extend(dialog.command(next));
                    }
                    device.input(&typed);
                }
                None => device.input(&dialog.exit()),
            },
            Step::Wait if dialog.is_over() => break Step::Ready,
            Step::Wait if !inbox.is_empty() => {
                let rest = inbox.split_off(cuts.next().unwrap_or(1).clamp(1, inbox.len()));
                dialog.feed(&std::mem::replace(&mut inbox, rest));
                silences = 0;
            }
            Step::Wait => match device.next() {
                Event::Bytes(bytes) => inbox = bytes,
                Event::Silence if silences < 3 => {
                    silences += 1;
                    if dialog.may_settle() {
                        dialog.quiet();
                    }
                }
                Event::Silence => break Step::Wait,
                Event::Closed => {
                    dialog.closed();
                    break if dialog.is_over() { Step::Ready } else { Step::Wait };
                }
            },
            other => break other,
        }
    };
    let (dialog_prompt, motd) = (dialog.prompt(), dialog.motd());
    Talk { outputs: dialog.into_outputs("stopped"), last, dialog_prompt, motd, device }
}

fn bytes(reply: Reply) -> Vec<u8> {
    match reply {
        Reply::Text(bytes) => bytes,
        Reply::Username => b"ops\r".to_vec(),
        Reply::Password => b"s3cret\r".to_vec(),
        Reply::Enable => b"en4ble\r".to_vec(),
    }
}

/// Sizes that find different seams: whole, byte by byte, and some in between.
pub fn seams() -> Vec<Vec<usize>> {
    let mut all = vec![vec![usize::MAX], vec![1], vec![2], vec![3], vec![7], vec![200], vec![1460]];
    let mut seed = 12_345_u64;
    for _ in 0..40 {
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % 23 + 1
        };
        all.push((0..17).map(|_| next()).collect());
    }
    all
}
