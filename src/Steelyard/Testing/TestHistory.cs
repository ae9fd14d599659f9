using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Recording;
using Steelyard.Runs;
using Steelyard.Specs;

namespace Steelyard.Testing;

/// <summary>
/// The face for a test of a real system: record what its clients see, then say what that should be. The
/// history stays as a file, whether the test passes or not.
/// </summary>
/// <example><code> await using var history = TestHistory.Start(); // … clients that record with
/// history.Recorder … history.ShouldBe("cas-register"); </code></example>
public sealed class TestHistory : IDisposable, IAsyncDisposable
{
    static readonly ConcurrentDictionary<string, int> s_taken = new(StringComparer.Ordinal);
    static readonly DesignCatalogue s_noDesigns = new([]);

    TestHistory(HistoryRecorder recorder) => Recorder = recorder;

    /// <summary>Takes down what clients do; closed by the first judgement.</summary>
    public HistoryRecorder Recorder { get; }

    /// <summary>The history's file.</summary>
    public string Path => Recorder.Path;

    /// <summary>Begins a recording.</summary>
    /// <param name="options">How it is recorded; null is as it comes.</param>
    /// <param name="path">The file; null is one in <c>histories</c>, in the folder of the tests, named after
    /// the test.</param>
    /// <param name="testFile">Left to the compiler.</param>
    /// <param name="test">Left to the compiler.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static TestHistory Start(
        RecorderOptions? options = null, string? path = null, [CallerFilePath] string testFile = "",
        [CallerMemberName] string test = "") =>
        new(HistoryRecorder.Create(path ?? PathOf(testFile, test), options));

    /// <summary>Ends the recording, judges it and fails unless the promise held. What could not be decided
    /// fails as well: nothing was shown.</summary>
    /// <param name="model">As what it is judged, a word after <c>--model</c>: <c>register</c>,
    /// <c>cas-register</c>, <c>list-append</c>, <c>queue</c> …; <c>steelyard list models</c> shows
    /// all.</param>
    /// <param name="consistency">What it is held to, a word after <c>--consistency</c>; null is the strongest
    /// that the model takes.</param>
    /// <param name="initial">What everything holds at first; nil is the model's own.</param>
    /// <exception cref="TestHistoryException">The promise was broken or is undecided; the message says by
    /// which operations, where the history is and how to see its page.</exception>
    /// <exception cref="UserMistakeException">Words and history do not fit together.</exception>
    /// <exception cref="IOException">The history could not be written.</exception>
    public void ShouldBe(string model, string? consistency = null, Value initial = default)
    {
        var request = new CheckRequest { Model = model, Consistency = consistency, Initial = initial };
        request.MustFit();
        Recorder.Dispose();
        var check = HistoryCheck.Of(Path, request, s_noDesigns);
        MustHold(
            check.Read.History, check.Verdicts, consistency is null ? model : $"{model}, {consistency}",
            $"\nits page: {CommandOf(request)}");
    }

    /// <summary>The same for a promise of one's own, such as <c>new Linearizable(new
    /// MyModel())</c>.</summary>
    /// <param name="promise">What judges.</param>
    /// <exception cref="TestHistoryException">The promise was broken or is undecided.</exception>
    /// <exception cref="IOException">The history could not be written.</exception>
    public void ShouldBe(IChecker promise)
    {
        Recorder.Dispose();
        var history = HistoryFile.Read(Path);
        MustHold(history, Judgement.Of(history, [promise], CancellationToken.None), promise.Name, "");
    }

    /// <summary>Ends the recording.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Dispose() => Recorder.Dispose();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => Recorder.DisposeAsync();

    void MustHold(History history, IReadOnlyList<Verdict> verdicts, string judgedAs, string page)
    {
        // What is broken says more than what could not be decided.
        var worst = verdicts.FirstOrDefault(verdict => verdict.Validity == Validity.Invalid)
            ?? verdicts.FirstOrDefault(verdict => verdict.Validity == Validity.Unknown);
        if (worst is not null)
            throw new TestHistoryException(
                $"{HistoryWitness.Of(history, worst, judgedAs)}\nhistory: {Path}{page}", worst);
    }

    string CommandOf(CheckRequest request)
    {
        var consistency = request.Consistency is { } word ? $" --consistency {word}" : "";
        var initial = request.Initial.IsNil ? "" : $" --initial '{request.Initial}'";
        return $"steelyard check '{Path}' --model {request.Model}{consistency}{initial} --report html";
    }

    // Tests of one name, cases of a theory say, may run at the same time.
    static string PathOf(string testFile, string test)
    {
        var name = $"{System.IO.Path.GetFileNameWithoutExtension(testFile)}.{test}";
        var number = s_taken.AddOrUpdate(name, 1, (_, taken) => taken + 1);
        var file = number == 1 ? name : $"{name}-{number}";
        return System.IO.Path.Combine(AppContext.BaseDirectory, "histories", $"{file}.jsonl.gz");
    }
}

/// <summary>A recorded history broke a promise, or it could not be decided.</summary>
/// <param name="message">What was found, by which operations, and how to see it.</param>
/// <param name="verdict">The verdict.</param>
public sealed class TestHistoryException(string message, Verdict verdict) : Exception(message)
{
    /// <summary>What was found.</summary>
    public Verdict Verdict { get; } = verdict;
}
