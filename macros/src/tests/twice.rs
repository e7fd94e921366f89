//! The same flow gives the same code, whenever it is compiled.

use super::{Stage, run};

#[test]
fn the_same_input_gives_the_same_output() {
    let source = "async fn f(a: A) -> R {
        let x = g(a.b).await?;
        for item in &a.items { match h(item, x).await { Some(n) => total += n, None => break } }
        done(total)
    }";
    assert_eq!(run(source, Stage::Tokens), run(source, Stage::Tokens));
}
