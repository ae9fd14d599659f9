namespace Steelyard.Workers;

/// <summary>What a worker is asked for: a run.</summary>
/// <param name="Spec">What to run, as a scenario file says it.</param>
/// <param name="Folder">Where to leave the run's page, history, plan of faults and result; null leaves
/// nothing. Only the worker has seen the messages and logs that the page shows.</param>
internal sealed record WorkerJob(string Spec, string? Folder = null);
