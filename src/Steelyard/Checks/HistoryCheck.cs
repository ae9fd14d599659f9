using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Histories.Formats;
using Steelyard.Runs;
using Steelyard.Worlds;

namespace Steelyard.Checks;

/// <summary>A recorded history, judged.</summary>
/// <param name="Path">The file.</param>
/// <param name="Read">What stood in it.</param>
/// <param name="Model">As what it was judged: one of <see cref="HistoryModels.Names"/>, or a design's
/// name.</param>
/// <param name="Verdicts">What was found.</param>
public sealed record HistoryCheck(
    string Path, HistoryRead Read, string Model, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>Reads and judges.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model; null takes the one that the file itself names, or else the promises of
    /// the run whose folder it stands in.</param>
    /// <param name="initial">What everything holds at first, or nil; see
    /// <see cref="HistoryModels.Of"/>.</param>
    /// <param name="options">How to read the file.</param>
    /// <param name="designs">The designs there are.</param>
    /// <param name="consistency">For transactions, the consistency model; null is strict
    /// serializability.</param>
    /// <param name="cancellation">Leaves what is not judged by then undecided.</param>
    /// <exception cref="UserMistakeException">File, model and history do not fit together.</exception>
    public static HistoryCheck Of(
        string path, string? model, Value initial, ReadOptions options, IReadOnlyList<IDesign> designs,
        string? consistency = null, CancellationToken cancellation = default)
    {
        if (model is null && consistency is not null)
            throw new UserMistakeException("--consistency: expected with --model, found without");
        var asked = model is null ? null : HistoryModels.Of(model, initial, consistency);
        var read = HistoryFile.Read(path, options);
        if (asked is null && CollectionModels.NameOf(read.Object) is { } named)
            asked = HistoryModels.Of(named, initial, consistency);
        if (asked is null)
            return OfRun(path, read, designs, cancellation);
        if (asked.InOurWords is { } translate)
            read = read with { History = translate(read.History) };
        var judges = asked.Judges(new(read.History, initial, consistency));
        return new(path, read, asked.Name, Judgement.Of(read.History, judges, cancellation));
    }

    static HistoryCheck OfRun(
        string path, HistoryRead read, IReadOnlyList<IDesign> designs, CancellationToken cancellation)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var scenario = System.IO.Path.Combine(folder, "scenario.yaml");
        if (!File.Exists(scenario))
            throw new UserMistakeException(
                $"{path}: expected --model {string.Join(" | ", HistoryModels.Names)}, found none"
                + " (only the history in a run's folder knows its own promises)");
        var request = ScenarioFile.Read(scenario, designs, NoWorld.Instance);
        var promises = request.Design.Build(request.Options).Expectations;
        return new(path, read, request.Design.Name, Judgement.Of(read.History, promises, cancellation));
    }

    /// <summary>For requests that are only looked at.</summary>
    sealed class NoWorld : IWorld
    {
        public static NoWorld Instance { get; } = new();

        public WorldRun Execute(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
            throw new InvalidOperationException("a check runs nothing");
    }
}
