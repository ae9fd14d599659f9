using Steelyard.Histories;

namespace Steelyard.Recording;

/// <summary>
/// Somebody who has one operation at a time, and sees what it did before: a user, a session, a connection.
/// What sessions are promised (read your writes, monotonic reads, sequential consistency …) can be judged of
/// clients only. After an operation of unknown outcome it goes on as another process of the history.
/// </summary>
public sealed class RecordedClient
{
    static readonly AsyncLocal<RecordedClient?> s_current = new();

    readonly HistoryRecorder _recorder;
    readonly string? _node;

    internal RecordedClient(HistoryRecorder recorder, string? node)
    {
        _recorder = recorder;
        _node = node;
    }

    /// <summary>Who invokes here, in this flow of calls and awaits; null where nobody said. The
    /// handler of an HttpClient records requests as this client's.</summary>
    public static RecordedClient? Current => s_current.Value;

    /// <summary>Its process; null when the next operation brings a new one. The recorder's lock guards
    /// it.</summary>
    internal int? Process { get; set; }

    /// <summary>The function of its open operation; null when it has none. The recorder's lock guards
    /// it.</summary>
    internal string? OpenFunction { get; set; }

    internal HistoryRecorder Recorder => _recorder;

    /// <summary>Records that an operation begins; see <see cref="HistoryRecorder.Invoke"/>.</summary>
    /// <exception cref="UserMistakeException">Its last operation is still open.</exception>
    public InvokedOperation Invoke(string function, Value key = default, Value input = default) =>
        _recorder.Begin(this, function, key, input, _node);

    /// <summary>Makes it <see cref="Current"/> until the scope is disposed.</summary>
    public IDisposable Enter()
    {
        var before = s_current.Value;
        s_current.Value = this;
        return new Scope(before);
    }

    sealed class Scope(RecordedClient? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}
