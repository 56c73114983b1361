module example.com/remo

go 1.19
