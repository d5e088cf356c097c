//! `deploy/kubernetes`: what the manifests name is there, and the program takes what they start it with.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bench::{Bench, VELOCITY};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/kubernetes");

/// The objects of all files that `kustomization.yaml` names, and of the example of a secret.
fn objects() -> Vec<Value> {
    let read = |name: &str| std::fs::read_to_string(Path::new(FOLDER).join(name)).expect(name);
    let parse =
        |name: &str, text: &str| -> Value { serde_saphyr::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}")) };
    let names = parse("kustomization.yaml", &read("kustomization.yaml"))["resources"].clone();
    let names = names.as_array().expect("a list").iter().map(|n| n.as_str().expect("a name").to_owned());
    let mut all = Vec::new();
    for name in names.chain(["secret.example.yaml".to_owned()]) {
        all.extend(read(&name).split("\n---\n").map(|text| parse(&name, text)));
    }
    all
}

fn list<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    value.pointer(path).and_then(Value::as_array).map(|all| all.iter().collect()).unwrap_or_default()
}

fn names(values: &[&Value]) -> Vec<String> {
    values.iter().map(|v| v["name"].as_str().expect("a name").to_owned()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

#[test]
fn what_a_manifest_names_is_in_another() {
    let all = objects();
    let of = |kind: &'static str| all.iter().filter(move |o| o["kind"] == kind);
    let called = |kind: &'static str| of(kind).map(|o| text(&o["metadata"]["name"]).to_owned()).collect::<Vec<_>>();
    let (claims, secrets) = (called("PersistentVolumeClaim"), called("Secret"));
    assert_eq!(of("Deployment").count(), 2);
    for deployment in of("Deployment") {
        let pod = &deployment["spec"]["template"];
        assert_eq!(deployment["spec"]["selector"]["matchLabels"], pod["metadata"]["labels"]);
        let volumes = list(pod, "/spec/volumes");
        for volume in &volumes {
            let claim = &volume["persistentVolumeClaim"]["claimName"];
            assert!(claim.is_null() || claims.iter().any(|c| claim == c), "{volume}");
            let secret = &volume["secret"]["secretName"];
            assert!(secret.is_null() || secrets.iter().any(|s| secret == s), "{volume}");
        }
        let volumes = names(&volumes);
        for container in list(pod, "/spec/containers").into_iter().chain(list(pod, "/spec/initContainers")) {
            let mounted = names(&list(container, "/volumeMounts"));
            assert!(mounted.iter().all(|m| volumes.contains(m)), "{container}");
            let ports = names(&list(container, "/ports"));
            for probe in ["startupProbe", "readinessProbe", "livenessProbe"].map(|p| &container[p]) {
                for way in ["httpGet", "tcpSocket"].map(|way| &probe[way]).into_iter().filter(|way| !way.is_null()) {
                    assert!(ports.iter().any(|p| way["port"] == *p), "{probe}");
                    assert!(way["path"].is_null() || way["path"] == "/api/health", "{probe}");
                }
            }
            assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true, "{container}");
        }
        // Devices under way are finished before the pod is killed.
        let patience = pod["spec"]["terminationGracePeriodSeconds"].as_i64().expect("a number");
        assert!(patience > 60 && deployment["spec"]["strategy"]["type"] == "Recreate");
    }
    let service = of("Service").next().expect("one");
    let selector = service["spec"]["selector"].as_object().expect("labels");
    let server = of("Deployment").find(|d| {
        let labels = &d["spec"]["template"]["metadata"]["labels"];
        selector.iter().all(|(name, value)| labels.get(name) == Some(value))
    });
    let server = server.expect("the service leads to a deployment");
    let ports = names(&list(server, "/spec/template/spec/containers/0/ports"));
    assert!(ports.iter().any(|p| service["spec"]["ports"][0]["targetPort"] == *p));
    let secret = of("Secret").next().expect("one");
    let keys: Vec<&str> = secret["stringData"].as_object().expect("keys").keys().map(String::as_str).collect();
    assert_eq!(keys, ["config.yaml", "vault-password"]);
}

/// The containers of a deployment, of all when no name is given; those that begin it too.
fn containers(deployment: Option<&str>) -> Vec<Value> {
    let mut all = Vec::new();
    for object in objects().iter().filter(|o| o["kind"] == "Deployment") {
        if deployment.is_none_or(|name| object["metadata"]["name"] == name) {
            let pod = &object["spec"]["template"];
            all.extend(list(pod, "/spec/containers").into_iter().chain(list(pod, "/spec/initContainers")).cloned());
        }
    }
    all
}

/// What starts a container, with the program, the secrets and a free port of this machine.
fn starts(container: &Value, secrets: &Path) -> Command {
    let here = |word: &&Value| {
        let text = text(word).replace("/run/secrets/velocity", &secrets.to_string_lossy());
        text.replace("0.0.0.0:8086", "127.0.0.1:0")
    };
    let mut words: Vec<String> = list(container, "/command").iter().map(here).collect();
    if words.is_empty() {
        words.push("velocity".to_owned());
    }
    words.extend(list(container, "/args").iter().map(here));
    let folder = Path::new(VELOCITY).parent().expect("a folder").display();
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env("PATH", format!("{folder}:/usr/bin:/bin"));
    command
}

const PASSWORD: &str = "of the vault";

fn secrets(bench: &Bench) -> PathBuf {
    let secrets = bench.dir.path().join("secrets");
    std::fs::create_dir(&secrets).expect("a folder");
    std::fs::write(secrets.join("vault-password"), format!("{PASSWORD}\n")).expect("written");
    secrets
}

#[test]
fn the_program_takes_what_a_container_starts_it_with() {
    let bench = Bench::new();
    let secrets = secrets(&bench);
    let all = containers(None);
    for container in &all {
        // It says so of a word that it does not know; with this one it goes no further.
        let said = starts(container, &secrets).arg("--help").output().expect("run");
        assert!(said.status.success(), "{container}: {}", String::from_utf8_lossy(&said.stderr));
        assert!(String::from_utf8_lossy(&said.stdout).contains("Usage: velocity"), "{container}");
    }
    assert_eq!(all.len(), 3);
}

#[test]
fn a_server_that_was_there_before_its_vault_works_once_that_is_made() {
    let bench = Bench::new();
    let container = containers(Some("velocity")).remove(0);
    let mut command = starts(&container, &secrets(&bench));
    command.env("VELOCITY_HOME", bench.home()).stdout(Stdio::null());
    let mut server = command.spawn().expect("a server");
    let wait_for = |what: &str, is: &dyn Fn(&Value) -> bool| {
        let began = Instant::now();
        loop {
            let status = bench.run(&["daemon", "status", "--json"], "");
            if status.out.starts_with('{') && is(&status.json()) {
                return true;
            }
            if began.elapsed() > Duration::from_secs(60) {
                eprintln!("{what}: {status:?}");
                return false;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    let waits = wait_for("it waits for a vault", &|status| status["daemon"]["ready"] == false);
    let made = bench.run_with(&["vault", "init"], "", &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]);
    let works = wait_for("it works", &|status| status["workers"][0]["condition"] == "working");
    let _ = server.kill();
    let _ = server.wait();
    assert!(waits && works, "{made:?}");
}
