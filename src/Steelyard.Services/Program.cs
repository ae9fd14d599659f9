using Steelyard.Services.Scheduling;
using Steelyard.Services.Testing;

// A worker: one thread for everything, one simulation at a time. Tests and hunts start it; people do not.
Worker.Prepare();
// Not by returning: a thread that an application started would keep the process.
Environment.Exit(WorkerProgram.Run(Console.In, Console.Out));
