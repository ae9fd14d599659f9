using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Testing;

/// <summary>What a worker is asked for: one line of JSON each.</summary>
/// <param name="Assembly">The file of the user's assembly.</param>
/// <param name="Scenario">The full name of the type that implements <see cref="IServicesScenario"/>.</param>
/// <param name="Seed">The seed.</param>
/// <param name="HistoryFile">Where the history goes; null is nowhere.</param>
/// <param name="Patience">How long a host may block the worker until it is named; null is as long as
/// usual.</param>
internal sealed record WorkerRequest(
    string Assembly, string Scenario, ulong Seed, string? HistoryFile = null, TimeSpan? Patience = null);

/// <summary>What it answers: one line of JSON each.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Validity">Valid, Invalid or Unknown: the gravest of all promises.</param>
/// <param name="HistoryHash">Over the history.</param>
/// <param name="ScheduleHash">Over every event of the scheduler.</param>
/// <param name="Operations">How many operations clients made.</param>
/// <param name="Told">What was found, a line for each promise that is not Valid.</param>
/// <param name="Mistake">What keeps the scenario from running; null where it ran.</param>
internal sealed record WorkerAnswer(
    ulong Seed, string Validity, ulong HistoryHash, ulong ScheduleHash, int Operations,
    IReadOnlyList<string> Told, string? Mistake = null);
