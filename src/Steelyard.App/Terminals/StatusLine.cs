using System.Diagnostics;

namespace Steelyard.App.Terminals;

/// <summary>One line of progress on the error output, rewritten a few times a second; silent without a
/// terminal.</summary>
internal sealed class StatusLine(Terminal terminal) : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly Lock _gate = new();
    TimeSpan _shownAt;
    bool _isShown;

    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Shows what <paramref name="line"/> says, if it is time to.</summary>
    /// <param name="line">Given the time since the start.</param>
    public void Show(Func<TimeSpan, string> line)
    {
        if (!terminal.ErrorIsTerminal)
            return;
        lock (_gate)
        {
            var now = _watch.Elapsed;
            if (now < Patience || (_isShown && now - _shownAt < Period))
                return;
            _shownAt = now;
            _isShown = true;
            var text = line(now);
            terminal.ErrorOutput.Write($"\r{text[..Math.Min(text.Length, terminal.Width - 1)]}\e[K");
            terminal.ErrorOutput.Flush();
        }
    }

    /// <summary>The time left when a share of the work took <paramref name="elapsed"/>, in words.</summary>
    public static string TimeLeft(TimeSpan elapsed, double share)
    {
        if (share <= 0)
            return "";
        var seconds = elapsed.TotalSeconds * ((1 / share) - 1);
        return seconds switch
        {
            < 1 => "less than 1 s left",
            < 90 => $"{seconds:0} s left",
            < 5400 => $"{seconds / 60:0} min left",
            _ => $"{seconds / 3600:0.0} h left",
        };
    }

    /// <summary>Takes the line away, so that others may be written.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_isShown)
                terminal.ErrorOutput.Write("\r\e[K");
            _isShown = false;
        }
    }

    public void Dispose() => Clear();
}
