//! The platforms that come with the product: their sessions on record, however the bytes come.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use dialog::{Output, Profile, Recording};
use model::platform::{Case, Platforms};
use proptest::prelude::*;

/// The folder as it is now, without a new build of all that embeds it.
static PLATFORMS: LazyLock<Platforms> =
    LazyLock::new(|| Platforms::builtin().with_folder(Path::new("../../platforms")).expect("valid platforms"));

/// A session on record, with the profiles that play it: before the platform is known, and its own.
struct Session {
    case: &'static Case,
    recording: Recording,
    generic: Arc<Profile>,
    own: Arc<Profile>,
}

static SESSIONS: LazyLock<Vec<Session>> = LazyLock::new(|| {
    let generic = profile("generic");
    let cases = PLATFORMS.all().iter().flat_map(|p| PLATFORMS.cases(&p.name));
    let session = |case: &'static Case| {
        let recording = Recording::parse(case.session.as_deref()?);
        let recording = recording.unwrap_or_else(|e| panic!("{} {}: {e}", case.platform, case.name));
        Some(Session { case, recording, generic: generic.clone(), own: profile(&case.platform) })
    };
    cases.filter_map(session).collect()
});

fn profile(platform: &str) -> Arc<Profile> {
    let session = &PLATFORMS.get(platform).expect("a platform").session;
    Arc::new(Profile::compile(session).unwrap_or_else(|e| panic!("{platform}: {e}: {}", e.source)))
}

#[test]
fn every_platform_compiles() {
    PLATFORMS.all().iter().for_each(|platform| drop(profile(&platform.name)));
}

#[test]
fn every_platform_has_a_session_on_record() {
    for platform in PLATFORMS.all().iter().filter(|p| !p.fingerprint.is_empty()) {
        assert!(SESSIONS.iter().any(|s| s.case.platform == platform.name), "{} has none", platform.name);
    }
}

impl Session {
    fn play(&self, hinted: bool, cuts: impl IntoIterator<Item = usize>) -> Vec<Output> {
        let log_in = if hinted { self.own.clone() } else { self.generic.clone() };
        let played = self.recording.play(log_in, self.own.clone(), cuts);
        played.unwrap_or_else(|e| panic!("{} {}, hinted {hinted}: {e}", self.case.platform, self.case.name))
    }
}

/// What counts of an output.
fn told(outputs: &[Output]) -> Vec<(&str, bool, std::borrow::Cow<'_, str>)> {
    outputs.iter().map(|o| (o.command.as_str(), o.is_complete(), String::from_utf8_lossy(&o.content))).collect()
}

#[test]
fn what_is_stored_is_what_the_case_says() {
    for session in SESSIONS.iter() {
        let Case { platform, name, .. } = session.case;
        for hinted in [true, false] {
            let outputs = session.play(hinted, []);
            assert!(outputs.iter().all(Output::is_complete), "{platform} {name}: {outputs:?}");
            for (capture, output) in outputs.iter().filter_map(|o| Some((capture_of(platform, o)?, o))) {
                let case = PLATFORMS.cases(platform).find(|c| c.name == capture).expect("its case");
                let stored = String::from_utf8_lossy(&output.content);
                assert_eq!(stored, *case.output.as_ref().expect("output.txt"), "{platform} {capture}, hinted {hinted}");
            }
        }
    }
}

/// Of the capture type that the command is asked for first.
fn capture_of(platform: &str, output: &Output) -> Option<&'static str> {
    let captures = &PLATFORMS.get(platform)?.captures;
    captures.iter().find(|(_, spec)| spec.commands[0] == output.command).map(|(name, _)| name.as_str())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::with_cases(300) })]

    /// 0 is a pause.
    #[test]
    fn outputs_are_the_same_however_the_bytes_are_cut(
        which in any::<prop::sample::Index>(),
        hinted: bool,
        cuts in prop::collection::vec(prop_oneof![1 => Just(0_usize), 6 => 1_usize..200, 2 => 1_usize..5, 1 => 500_usize..3000], 1..40),
    ) {
        let session = which.get(&SESSIONS);
        let whole = session.play(hinted, []);
        let cut = session.play(hinted, cuts.into_iter().chain([100]).cycle());
        prop_assert_eq!(told(&cut), told(&whole), "{}", session.case.platform);
    }

    /// A platform meets a device that is none of its kind.
    #[test]
    fn no_bytes_break_a_platform(
        which in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        noise in prop::collection::vec(any::<u8>(), 0..300),
        at in any::<prop::sample::Index>(),
        cut in 1_usize..80,
    ) {
        let (session, other) = (which.get(&SESSIONS), other.get(&SESSIONS));
        let mut wire = other.case.session.clone().unwrap_or_default().into_bytes();
        let at = at.index(wire.len() + 1);
        wire.splice(at..at, noise);
        let mut dialog = dialog::Dialog::new(session.own.clone(), 1 << 20);
        for chunk in wire.chunks(cut) {
            dialog.feed(chunk);
            for _ in 0..8 {
                match dialog.step() {
                    dialog::Step::Send(_) => {}
                    dialog::Step::Ready => drop(dialog.command("show clock")),
                    _ if dialog.may_settle() => dialog.quiet(),
                    _ => break,
                }
            }
        }
        dialog.exit();
        dialog.closed();
        dialog.into_outputs("stopped");
    }
}

/// Somebody gave a switch of another grammar a prompt of his own.
#[test]
fn a_prompt_that_its_platform_does_not_have_is_believed_after_a_pause() {
    let recording = "Welcome!\nosl-agg1>⟦screen-length 0 temporary⟧screen-length 0 temporary\nosl-agg1>⟦screen-width 511⟧screen-width 511\nosl-agg1>⟦display clock⟧display clock\n12:00\nosl-agg1>⟦quit⟧quit\n";
    let own = profile("huawei_vrp");
    let outputs = Recording::parse(recording).expect("a recording").play(own.clone(), own, []).expect("played");
    assert_eq!(told(&outputs), [("display clock", true, "12:00\n".into())]);
}
