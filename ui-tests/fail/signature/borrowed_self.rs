use flowstone::flow;

struct Shop {
    rooms: u64,
}

#[flow]
impl Shop {
    #[flow]
    async fn open(&self) -> u64 {
        self.rooms
    }

    #[flow]
    async fn close(&mut self, rooms: u64) {
        self.rooms -= rooms;
    }
}

fn main() {}
