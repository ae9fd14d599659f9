namespace Steelyard.Live.Scripts;

/// <summary>
/// Some transactions, step by step, on a table of the rows 1 = 10 and 2 = 20, that bring an anomaly about
/// where nothing prevents it. A step whose session stands still is put off until it goes on.
/// </summary>
/// <param name="Name">The anomaly, as the field calls it: <c>G-single</c>.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Steps">Who does what, in order.</param>
/// <param name="Occurred">Whether it happened, by what was read and committed alone.</param>
internal sealed record AnomalyScript(
    string Name, string Title, IReadOnlyList<ScriptStep> Steps, Func<ScriptTale, bool> Occurred)
{
    /// <summary>How many sessions it has.</summary>
    public int Sessions => Steps.Max(step => step.Session);
}
