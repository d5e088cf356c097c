//! How a device says that it did not understand.

use crate::render::Lookup;
use crate::world::Platform;

/// The message for a line that is no command. `prompt` is the number of columns before the line.
pub fn message(platform: Platform, line: &str, prompt: usize, why: &Lookup) -> String {
    let at = match why {
        Lookup::Invalid(at) => *at,
        _ => 0,
    };
    let incomplete = *why != Lookup::Ambiguous && at >= line.trim_end().len();
    let caret = format!("{:>1$}", '^', prompt + at + 1);
    let word = line[at.min(line.len())..].split_whitespace().next().unwrap_or_default();
    match platform {
        Platform::CiscoIos if *why == Lookup::Ambiguous => format!("% Ambiguous command:  \"{line}\"\n"),
        Platform::CiscoIos if incomplete => "% Incomplete command.\n\n".to_owned(),
        Platform::CiscoIos => format!("{caret}\n% Invalid input detected at '^' marker.\n\n"),
        Platform::CiscoNxos if *why == Lookup::Ambiguous => format!("{caret}\n% Ambiguous command at '^' marker.\n"),
        Platform::CiscoNxos if incomplete => format!("{caret}\n% Incomplete command at '^' marker.\n"),
        Platform::CiscoNxos => format!("{caret}\n% Invalid command at '^' marker.\n"),
        Platform::AristaEos if *why == Lookup::Ambiguous => "% Ambiguous command\n".to_owned(),
        Platform::AristaEos if incomplete => "% Incomplete command\n".to_owned(),
        Platform::AristaEos => {
            let token = line[..at].split_whitespace().count();
            format!("% Invalid input (at token {token}: '{word}')\n")
        }
        Platform::JuniperJunos if at == 0 => format!("{caret}\nunknown command.\n"),
        Platform::JuniperJunos if incomplete => format!("{caret}\nsyntax error, expecting <command>.\n"),
        Platform::JuniperJunos => format!("{caret}\nsyntax error.\n"),
    }
}

/// The message for a command that needs more rights.
pub fn privileged(platform: Platform, line: &str, prompt: usize) -> String {
    match platform {
        Platform::AristaEos => "% Invalid input (privileged mode required)\n".to_owned(),
        _ => message(platform, line, prompt, &Lookup::Invalid(line.find(' ').map_or(0, |at| at + 1))),
    }
}

#[test]
fn the_caret_points_at_the_word() {
    let text = message(Platform::CiscoIos, "show foo", 10, &Lookup::Invalid(5));
    assert_eq!(text, "               ^\n% Invalid input detected at '^' marker.\n\n");
    let text = message(Platform::AristaEos, "show foo", 10, &Lookup::Invalid(5));
    assert_eq!(text, "% Invalid input (at token 1: 'foo')\n");
}
