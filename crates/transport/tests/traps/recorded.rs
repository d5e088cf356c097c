//! The recorded session of every platform, over real SSH in slow small packets: greetings, questions, a log-in in the
//! session, pagers, echoes by cursor addresses.

use std::path::Path;
use std::sync::Arc;

use dialog::Recording;
use model::Platforms;
use model::platform::Case;
use transport::{Limits, Output, Profile, Session};

use crate::server::{Act, Script};
use crate::{keys, limits, login};

#[tokio::test]
async fn every_platform_in_slow_small_packets() {
    let platforms = Platforms::builtin().with_folder(Path::new("../../platforms")).expect("valid platforms");
    let cases = platforms.all().iter().flat_map(|p| platforms.cases(&p.name)).filter(|c| c.session.is_some());
    let visits = cases.map(|case| visit(&platforms, case));
    let visited = futures::future::join_all(visits).await;
    assert!(visited.len() > 20, "only {} sessions are on record", visited.len());
}

async fn visit(platforms: &Platforms, case: &Case) {
    let platform = platforms.get(&case.platform).expect("its platform");
    let profile = |name: &str| {
        let session = &platforms.get(name).expect("a platform").session;
        Arc::new(Profile::compile(session).expect("valid"))
    };
    let recording = Recording::parse(case.session.as_deref().unwrap_or_default()).expect("a recording");
    let turns = recording.turns();
    let asked = |text: &&String| platform.captures.values().any(|spec| spec.commands.contains(text));
    let commands: Vec<String> = turns.iter().filter_map(|(_, sent)| sent.as_ref()).filter(asked).cloned().collect();
    let greeting = turns.into_iter().flat_map(|(printed, sent)| [Some(Act::Slowly(printed)), sent.map(typed)]);
    let script = Script { greeting: greeting.flatten().chain([Act::Leave]).collect(), ..Script::default() };

    let addr = script.serve().await;
    let limits = Limits { record: true, ..limits() };
    let mut session = Session::open(addr, &login(), &keys(), &limits, profile("generic")).await.expect(&case.platform);
    session.adopt(profile(&platform.name), &login()).await.expect(&case.platform);
    for command in &commands {
        session.ask(command).await.expect(&case.platform);
    }
    let finished = session.finish().await;
    assert!(finished.error.is_none(), "{}: {:?}", case.platform, finished.error);
    assert!(finished.outputs.iter().all(|o| o.is_complete()), "{}: {:?}", case.platform, finished.outputs);
    let stored = String::from_utf8_lossy(&finished.outputs[0].content);
    assert_eq!(stored, *case.output.as_ref().expect("output.txt"), "{}", case.platform);

    // What was recorded of it is a recording like the one it came from.
    let recorded = finished.recording.expect("a recording").to_string();
    assert!(!recorded.contains("⟦s3cret⟧") && !recorded.contains("⟦en4ble⟧"), "{}: {recorded}", case.platform);
    let again = Recording::parse(&recorded).expect(&case.platform);
    let again = again.play(profile("generic"), profile(&platform.name), []).expect(&case.platform);
    let told = |outputs: &[Output]| outputs.iter().map(|o| (o.command.clone(), o.content.clone())).collect::<Vec<_>>();
    assert_eq!(told(&again), told(&finished.outputs), "{}", case.platform);
}

fn typed(sent: String) -> Act {
    Act::Await(match sent.as_str() {
        "*username" => "ops".to_owned(),
        "*password" => "s3cret".to_owned(),
        "*enable" => "en4ble".to_owned(),
        _ => sent,
    })
}
