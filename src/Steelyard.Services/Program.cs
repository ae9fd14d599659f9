using Steelyard.Services.Scheduling;
using Steelyard.Services.Testing;

// A worker: one thread for everything, one simulation at a time. Tests and hunts start it; people do not.
Worker.Prepare();
return WorkerProgram.Run(Console.In, Console.Out);
