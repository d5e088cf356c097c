//! Whatever a device sends, the dialog neither fails nor loses its place.

use std::sync::{Arc, LazyLock};

use dialog::{Dialog, Profile, Step};
use model::platform::{Answer, SessionSpec};
use proptest::prelude::*;

static PROFILE: LazyLock<Arc<Profile>> = LazyLock::new(|| {
    let spec = SessionSpec {
        prompt: r"[\w.\-]{1,40}[>#] ?".into(),
        exit: "exit".into(),
        pager: vec![Answer { pattern: "--More-- ?$".into(), answer: " ".into() }],
        ..SessionSpec::default()
    };
    Arc::new(Profile::compile(&spec).expect("valid"))
});

/// Pieces that mean something to a terminal or to the dialog, and plain bytes.
fn wire() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "sw1#",
        "sw2#",
        "show a",
        "show b",
        "\r\n",
        "\n",
        "\r",
        "\x08",
        "--More--",
        "\x1b[K",
        "\x1b[2K",
        "\x1b[4D",
        "\x1b[3C",
        "\x1b[2P",
        "\x1b[3@",
        "\x1b[1;5H",
        "\x1b]0;t\x07",
        "login: ",
        "Password: ",
        "exit",
        " ",
        "\0",
        "text",
    ]);
    let piece =
        prop_oneof![4 => known.prop_map(|s| s.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..6)];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Feeds all of it, and sends a command at each prompt.
fn drive(dialog: &mut Dialog, wire: &[u8], cut: usize, quiet: bool) {
    for chunk in wire.chunks(cut) {
        dialog.feed(chunk);
        for _ in 0..8 {
            match dialog.step() {
                Step::Send(_) => continue,
                Step::Ready => drop(dialog.command("show a")),
                _ if quiet && dialog.may_settle() => dialog.quiet(),
                _ => break,
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn nothing_breaks_it(wire in wire(), cut in 1_usize..40, quiet: bool) {
        let mut dialog = Dialog::new(PROFILE.clone(), 1 << 16);
        drive(&mut dialog, &wire, cut, quiet);
        dialog.exit();
        dialog.closed();
        dialog.into_outputs("stopped");
    }

    #[test]
    fn an_output_is_whole_however_it_is_cut(lines in prop::collection::vec("(sw1#|sw1# |[ -~]{0,30})", 0..30), cuts in prop::collection::vec(1_usize..60, 1..20)) {
        let body: String = lines.iter().flat_map(|l| [l.as_str(), "\r\n"]).collect();
        let mut dialog = Dialog::new(PROFILE.clone(), 1 << 16);
        dialog.feed(b"hello\r\nsw1#");
        prop_assert_eq!(dialog.step(), Step::Ready);
        dialog.command("show all of it");
        let wire = format!("show all of it\r\n{body}sw1#");
        let mut rest = wire.as_bytes();
        let mut cuts = cuts.into_iter().cycle();
        let mut left = false;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(cuts.next().unwrap_or(1).min(rest.len()));
            dialog.feed(now);
            rest = later;
            // As a client would: the next command goes out at the first thing that looks like the prompt.
            if dialog.step() == Step::Ready && !std::mem::replace(&mut left, true) {
                dialog.exit();
            }
        }
        if !left {
            prop_assert_eq!(dialog.step(), Step::Ready);
            dialog.exit();
        }
        dialog.feed(b"exit\r\n");
        dialog.closed();
        prop_assert!(dialog.is_over());
        let outputs = dialog.into_outputs("stopped");
        prop_assert!(outputs[0].is_complete());
        prop_assert_eq!(String::from_utf8_lossy(&outputs[0].content), body.replace("\r\n", "\n"));
    }
}
