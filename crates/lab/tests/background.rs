//! A lab that outlives the call that started it. This test is its own program, because the lab
//! starts the same program again with `lab serve --state DIR`.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use lab::{Edit, Fault, LabError, UpOptions};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["lab", "serve", "--state", dir] => serve(Path::new(dir)),
        _ if args.iter().any(|a| a == "--list") => {
            if !args.iter().any(|a| a == "--ignored") {
                println!("a_lab_outlives_its_parent: test");
            }
        }
        _ => a_lab_outlives_its_parent(),
    }
}

fn serve(dir: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    if let Err(error) = runtime.block_on(lab::serve(dir)) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn a_lab_outlives_its_parent() {
    let home = tempfile::tempdir().unwrap();
    let state: PathBuf = home.path().join("state");
    let options = UpOptions { state: Some(state.clone()), seed: Some(7), port: Some(0), ..UpOptions::default() };
    assert!(matches!(lab::status(&state), Err(LabError::NotRunning(_))));

    let info = lab::up(&options).unwrap();
    assert_eq!((info.devices, info.sites, info.random_seed), (12, 3, 7));
    assert!(info.seed.ends_with(&format!(":{}", info.port)), "{info:?}");
    assert!(info.password.len() >= 16 && info.password == info.enable);
    assert!(matches!(lab::up(&options), Err(LabError::AlreadyRunning(_))));
    let mode = |path: &Path| std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(path).unwrap()) & 0o777;
    assert_eq!((mode(&state), mode(&state.join("lab.json"))), (0o700, 0o600));
    assert!(!state.join("options.json").exists());

    let truth = lab::truth(&state).unwrap();
    assert_eq!(truth.devices.len(), 12);
    let change = lab::change(&state, "usa-rtr-1", &Edit::default()).unwrap();
    assert_eq!(change.device, "usa-rtr-1");
    assert!(matches!(lab::change(&state, "nobody", &Edit::default()), Err(LabError::Refused(_))));
    lab::fault(&state, "usa-core-1", Fault::Cut).unwrap();
    assert_eq!(lab::status(&state).unwrap().faults, [("usa-core-1".to_owned(), "cut".to_owned())]);
    let address = truth.devices[0].address;
    assert!(std::net::TcpStream::connect((address, info.port)).is_ok());

    lab::down(&state).unwrap();
    assert!(matches!(lab::status(&state), Err(LabError::NotRunning(_))));
    assert!(std::net::TcpStream::connect((address, info.port)).is_err());

    let wrong = UpOptions { base: Some([10, 0, 0, 0].into()), ..options };
    assert!(matches!(lab::up(&wrong), Err(LabError::Start(_))), "a lab stays on the loopback");
    println!("a lab outlives its parent: ok");
}
