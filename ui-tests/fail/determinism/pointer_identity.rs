use flowstone::flow;
use std::rc::Rc;

#[flow]
async fn same(text: String) -> bool {
    let (a, b) = (Rc::new(text), Rc::new(1));
    let address = &raw const a as usize;
    let shown = format!("{a} {:p}", b);
    let slice = a.as_ptr() as u64;
    Rc::ptr_eq(&b, &b) && std::ptr::eq(&a, &a)
}

fn main() {}
