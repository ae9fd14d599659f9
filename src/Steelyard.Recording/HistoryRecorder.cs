using Steelyard.Histories;
using Steelyard.Recording.Writing;

namespace Steelyard.Recording;

/// <summary>
/// Records what clients ask and what they are told, as it happens, into a file that <c>steelyard check</c>
/// judges. Any thread may use it. An event takes its place in the history within the call that records it:
/// what had ended before something else was invoked stands before it, and what overlaps overlaps. A thread of
/// its own writes, so the caller waits for no disk but where more waits than may.
/// </summary>
public sealed class HistoryRecorder : IDisposable, IAsyncDisposable
{
    const int LeastWaiting = 1_024;

    // Also what the writer waits for: Lock has no Pulse.
    readonly object _gate = new();
    readonly RecorderOptions _options;
    readonly OpenPlaces _open = new();
    readonly RecordingClock _clock;
    readonly RecordingFile _file;
    readonly Thread _writer;
    EventBatch _filling = new();
    EventBatch _spare = new();
    long _operations;
    long _missed;
    long _missedTaken;
    long _missedToTell;
    bool _isClosing;
    Exception? _failure;

    HistoryRecorder(string path, RecordingFile file, RecorderOptions options)
    {
        Path = path;
        _options = options;
        _file = file;
        _clock = new(options.Time);
        _file.Begin(options.Time.GetUtcNow(), _clock.Origin);
        _writer = new(Write) { IsBackground = true, Name = "Steelyard recorder" };
        _writer.Start();
        AppDomain.CurrentDomain.ProcessExit += CloseAtExit;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many operations were recorded so far.</summary>
    public long Operations => Read(ref _operations);

    /// <summary>How many operations were not recorded so far, since the disk was too slow
    /// (<see cref="WhenFull.Miss"/>) or failed.</summary>
    public long Missed => Read(ref _missed);

    /// <summary>Begins a recording.</summary>
    /// <param name="path">The file, such as <c>orders.jsonl.gz</c>; gzipped where it ends in .gz. Its folder
    /// is made, and what it held is gone.</param>
    /// <param name="options">How; null is as they come.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    /// <exception cref="UserMistakeException">An option is out of its range.</exception>
    public static HistoryRecorder Create(string path, RecorderOptions? options = null)
    {
        var all = Checked(options);
        return new(path, RecordingFile.Create(path), all);
    }

    /// <summary>The same into a stream, which is closed with the recorder.</summary>
    internal static HistoryRecorder Create(Stream stream, RecorderOptions? options = null) =>
        new("a stream", new(stream, isZipped: false), Checked(options));

    /// <summary>
    /// Records that an operation begins; to be called before anything of it is sent. It gets a process of its
    /// own until it ends: a number that no other open operation has, and that is not used again after an
    /// Info. Such processes are no sessions; where the same somebody asks again and again, use <see
    /// cref="NewClient"/>.
    /// </summary>
    /// <param name="function">What is asked; the words of the model it is to be judged by (see <see
    /// cref="Functions"/>).</param>
    /// <param name="key">What it is asked of: a register, an account, a queue; nil where there is only
    /// one.</param>
    /// <param name="input">The argument; nil where there is none.</param>
    /// <param name="node">The node it is asked of, or beside which the client stands; null is not
    /// said.</param>
    public InvokedOperation Invoke(
        string function, Value key = default, Value input = default, string? node = null) =>
        Begin(null, function, key, input, node);

    /// <summary>Somebody who has one operation at a time.</summary>
    /// <param name="node">The node beside which it stands; null is not said.</param>
    public RecordedClient NewClient(string? node = null) => new(this, node);

    /// <summary>Records what was done to the system: a node that was killed, a link that was cut.</summary>
    /// <param name="fault">The event; its position and time are set here.</param>
    public void Add(FaultEvent fault) => AddBesides(fault);

    /// <summary>Records that a phase begins: the load is over, everything is healed, final reads.</summary>
    public void Mark(HistoryPhase phase) => AddBesides(phase);

    /// <summary>Ends the recording: all is written, and the file says that it is whole. Operations that are
    /// open stay open: each may have happened or not. What is invoked or ends afterwards is not of the
    /// history.</summary>
    /// <exception cref="IOException">It could not be written; the file is cut short.</exception>
    public void Dispose()
    {
        Close();
        ThrowIfFailed();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(Close).ConfigureAwait(false);
        ThrowIfFailed();
    }

    /// <summary>Records an invocation.</summary>
    /// <param name="client">Whose it is; null is a process of its own.</param>
    /// <param name="function">What is asked.</param>
    /// <param name="key">What it is asked of.</param>
    /// <param name="input">The argument.</param>
    /// <param name="node">The node.</param>
    /// <param name="orAlone">What to do where the client has an operation open: true takes a process of its
    /// own, false is a mistake.</param>
    internal InvokedOperation Begin(
        RecordedClient? client, string function, Value key, Value input, string? node, bool orAlone = false)
    {
        // Another recorder's client is nobody here.
        if (client is not null && client.Recorder != this)
            client = null;
        lock (_gate)
        {
            if (_isClosing || !HasRoom())
                return default;
            if (orAlone && client is { OpenFunction: not null })
                client = null;
            var (place, turn, process) = _open.Open(function, key, client);
            _operations++;
            Add(new RecordedEvent
            {
                Key = key,
                Payload = input,
                Function = function,
                Besides = node,
                TimeNs = _clock.NowNs,
                Process = process,
                Outcome = Outcome.Open,
                IsLone = client is null,
            });
            return new(this, place, turn);
        }
    }

    /// <summary>Ends an operation; false when it has ended before.</summary>
    internal bool TryEnd(int place, int turn, Outcome outcome, Value output, string? error)
    {
        lock (_gate)
        {
            if (!_open.IsOpen(place, turn))
                return false;
            var one = new RecordedEvent { Payload = output, Besides = error, Outcome = outcome };
            _open.Close(place, outcome, ref one);
            if (_isClosing || _failure is not null)
                return true;
            one.TimeNs = _clock.NowNs;
            Add(one);
            return true;
        }
    }

    static RecorderOptions Checked(RecorderOptions? options)
    {
        options ??= new();
        if (options.MostWaiting < LeastWaiting)
            throw new UserMistakeException(
                $"{nameof(options.MostWaiting)}: expected {LeastWaiting} or more, found"
                + $" {options.MostWaiting}");
        if (options.FlushEvery <= TimeSpan.Zero)
            throw new UserMistakeException(
                $"{nameof(options.FlushEvery)}: expected a time above zero, found {options.FlushEvery}");
        return options;
    }

    // Only invocations wait or are missed: an operation is in the history whole or not at all.
    bool HasRoom()
    {
        while (_failure is null && _filling.Count >= _options.MostWaiting
            && _options.WhenFull == WhenFull.Wait && !_isClosing)
            Monitor.Wait(_gate);
        if (_failure is null && _filling.Count < _options.MostWaiting)
            return !_isClosing;
        _missed++;
        return false;
    }

    void AddBesides(object besides)
    {
        lock (_gate)
            if (!_isClosing && _failure is null)
                Add(new RecordedEvent
                {
                    Function = "", Besides = besides, TimeNs = _clock.NowNs, Process = -1,
                });
    }

    void Add(in RecordedEvent one)
    {
        _filling.Add(one);
        // Often enough that the writer keeps up, and not for each of them.
        if (_filling.Count == _options.MostWaiting / 2)
            Monitor.PulseAll(_gate);
    }

    void Write()
    {
        try
        {
            using (_file)
            {
                while (Next() is { } batch)
                {
                    // First: what stands behind it may have seen what was missed.
                    TellMissed();
                    _file.Write(batch.Events);
                    batch.Clear();
                    _file.Flush();
                    _spare = batch;
                }

                _file.End(Operations);
            }
        }
#pragma warning disable CA1031 // Not swallowed: whoever closes the recorder gets it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(failure);
        }
    }

    // What waits, when there is something and its time has come; null when all is written and no more comes.
    EventBatch? Next()
    {
        lock (_gate)
        {
            do
            {
                if (!_isClosing && _filling.Count < _options.MostWaiting / 2)
                    Monitor.Wait(_gate, _options.FlushEvery);
                if (_isClosing && _filling.Count == 0 && _missed == _missedTaken)
                    return null;
            }
            while (_filling.Count == 0 && _missed == _missedTaken);
            _missedToTell = _missed - _missedTaken;
            _missedTaken = _missed;
            var batch = _filling;
            _filling = _spare;
            Monitor.PulseAll(_gate);
            return batch;
        }
    }

    void TellMissed()
    {
        if (_missedToTell == 0)
            return;
        _file.Miss(_missedToTell);
        _missedToTell = 0;
    }

    void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _filling.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    void Close()
    {
        lock (_gate)
        {
            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        AppDomain.CurrentDomain.ProcessExit -= CloseAtExit;
        _writer.Join();
    }

    // A process that ends as it should leaves a whole file, whether anybody disposed of the recorder or not.
    void CloseAtExit(object? sender, EventArgs e) => Close();

    void ThrowIfFailed()
    {
        if (_failure is { } failure)
            throw new IOException($"the recording {Path} is cut short: {failure.Message}", failure);
    }

    long Read(ref long count)
    {
        lock (_gate)
            return count;
    }
}
