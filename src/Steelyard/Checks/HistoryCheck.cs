using System.Diagnostics;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Proving;
using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;

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
    /// <summary>The proof of each verdict, in their order; empty when none was asked for.</summary>
    public IReadOnlyList<VerdictProof> Proofs { get; init; } = [];

    /// <summary>Operations that were not looked at, by their functions; empty where all were.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>What was measured, where that alone was asked for; null otherwise.</summary>
    public RunMeasures? Measures { get; init; }

    /// <summary>How long the file took to read.</summary>
    public TimeSpan ParseTime { get; init; }

    /// <summary>How long the checkers took, without proofs.</summary>
    public TimeSpan CheckTime { get; init; }

    /// <summary>Reads and judges.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">As what.</param>
    /// <param name="designs">The designs there are.</param>
    /// <param name="cancellation">Leaves what is not judged by then undecided.</param>
    /// <exception cref="UserMistakeException">File, model and history do not fit together.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the file was read.</exception>
    public static HistoryCheck Of(
        string path, CheckRequest request, DesignCatalogue designs,
        CancellationToken cancellation = default) =>
        Of(path, () => HistoryFile.Read(path, Reading(request)), request, designs, cancellation);

    /// <summary>The same of a history that somebody else holds open.</summary>
    /// <param name="stream">Its bytes; left open.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="request">As what.</param>
    /// <param name="designs">The designs there are.</param>
    /// <param name="cancellation">Leaves what is not judged by then undecided.</param>
    /// <exception cref="UserMistakeException">File, model and history do not fit together.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was read.</exception>
    public static HistoryCheck Of(
        Stream stream, string name, CheckRequest request, DesignCatalogue designs,
        CancellationToken cancellation = default) => Of(
            name, () => HistoryFile.Read(stream, name, Reading(request)), request, designs, cancellation);

    static ReadOptions Reading(CheckRequest request) => request.Spans is not { } map ? request.Reading
        : request.Reading with { Spans = SpanMapFile.Read(map), Beside = Judgement.Beside };

    /// <summary>The same of whatever gives the history.</summary>
    internal static HistoryCheck Of(
        string path, Func<HistoryRead> open, CheckRequest request, DesignCatalogue designs,
        CancellationToken cancellation)
    {
        request.MustFit();
        var watch = Stopwatch.StartNew();
        var read = Judgement.Interruptible(open, cancellation);
        try
        {
            return Of(path, request, read, designs, watch, cancellation);
        }
        catch (UserMistakeException mistake) when (LineOf(read, mistake) is { } line)
        {
            throw new UserMistakeException($"{path} line {line}: {mistake.Message}", mistake);
        }
    }

    static int? LineOf(HistoryRead read, UserMistakeException mistake) =>
        mistake.Position is { } position ? read.Lines?.Of(position) : null;

    static HistoryCheck Of(
        string path, CheckRequest request, HistoryRead read, DesignCatalogue designs,
        Stopwatch watch, CancellationToken cancellation)
    {
        if (read.Survey is { } survey)
            throw SpansWithoutMapException.In(path, survey);
        if (request.Spans is not null && read.Traced is null)
            throw new UserMistakeException(
                $"--spans: expected with traces of OpenTelemetry, found with {path}, which is {read.Format}");
        var (name, judges, inOurWords) = Judges(path, request, read, designs);
        if (!request.FindsWitness)
            judges = [.. judges.Select(judge =>
                judge is Linearizable linearizable ? linearizable.WithoutWitness() : judge)];
        var parseTime = watch.Elapsed;
        var skew = SkewOf(name, request, read);
        if (skew?.Skew is { } told)
            inOurWords = inOurWords with { Note = $"{inOurWords.Note}; {told}" };
        var judged = HistoryModels.All.FirstOrDefault(model => model.Name == name)?.Judged;
        var verdicts = Judgement.Of(
            inOurWords.History, judges, cancellation, skew is null ? null : skew.Of, judged);
        var measures = name == HistoryModels.Nothing || request.Expect.Count > 0
            ? MeasuresOf(inOurWords.History, request) : null;
        verdicts = [.. verdicts, .. request.Expect.Select(limit => limit.Judge(measures!.Measurements))];
        var checkTime = watch.Elapsed - parseTime;
        return new(path, inOurWords, name, verdicts)
        {
            ParseTime = parseTime,
            CheckTime = checkTime,
            PassedOver = Checks.PassedOver.Of(inOurWords.History, judged),
            Measures = name == HistoryModels.Nothing ? measures : null,
            Proofs = request.Prove ? ProofsOf(judges, inOurWords.History, verdicts, cancellation) : [],
        };
    }

    static RunMeasures MeasuresOf(History history, CheckRequest request) =>
        RunMeasures.Of(history, new() { Limit = request.Slo, Own = [new OperationEnds()] });

    static SkewJudgement? SkewOf(string name, CheckRequest request, HistoryRead read)
    {
        if (read.Traced is not { } traced)
            return null;
        var model = HistoryModels.Named(name);
        // How old a read is, in time, is no question of order.
        var use = request.Staleness is null ? model.Order : OrderUse.Any;
        return new(traced, read.Middle!, model.InOurWords ?? (static history => history), use);
    }

    static (string Name, IReadOnlyList<IChecker> Judges, HistoryRead Read) Judges(
        string path, CheckRequest request, HistoryRead read, DesignCatalogue designs)
    {
        if ((request.Model ?? CollectionModels.NameOf(read.Object)) is not { } name)
            return OfRun(path, read, designs);
        var model = HistoryModels.Of(name, request.Initial, request.Consistency);
        if (model.InOurWords is { } translate)
            read = read with { History = translate(read.History) };
        if (LoneOperations.WhyUndecided(read.History, request.Consistency) is { } why)
            return (name, LoneOperations.Undecided(model.Judges(Asked(request, read)), why), read);
        read = read with { History = LoneOperations.Apart(read.History, request.Consistency) };
        return (name, model.Judges(Asked(request, read)), read);
    }

    static ModelRequest Asked(CheckRequest request, HistoryRead read) =>
        new(read.History, request.Initial, request.Consistency, request.Staleness);

    static (string Name, IReadOnlyList<IChecker> Judges, HistoryRead Read) OfRun(
        string path, HistoryRead read, DesignCatalogue designs)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var scenario = System.IO.Path.Combine(folder, "scenario.yaml");
        if (!File.Exists(scenario))
            throw new UserMistakeException(
                $"{path}: expected --model <which>, found none{ModelGuess.Of(read.History)}"
                + " (steelyard list models shows all)");
        var request = ScenarioFile.Read(scenario, designs);
        return (request.Design.Name, request.Build().Promises.Expectations, read);
    }

    static IReadOnlyList<VerdictProof> ProofsOf(
        IReadOnlyList<IChecker> judges, History history, IReadOnlyList<Verdict> verdicts,
        CancellationToken cancellation)
    {
        try
        {
            return [.. judges.Zip(verdicts, (judge, verdict) => Judgement.Interruptible(
                () => Analysis.Proving.Proofs.Of(judge, history, verdict), cancellation))];
        }
        catch (OperationCanceledException)
        {
            // The verdicts stand without.
            return [];
        }
    }
}
