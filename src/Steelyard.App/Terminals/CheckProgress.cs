namespace Steelyard.App.Terminals;

/// <summary>How far a <c>check</c> of several files has come: by their bytes, as files differ in
/// size.</summary>
internal sealed class CheckProgress : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    readonly StatusLine _status;
    readonly IReadOnlyList<string> _paths;
    readonly long _bytes;
    readonly Timer? _timer;
    long _begun;
    long _done;
    int _count = -1;
    string _name = "";
    volatile bool _isQuiet;

    public CheckProgress(Terminal terminal, IReadOnlyList<string> paths)
    {
        _status = new(terminal);
        _paths = paths;
        if (!terminal.ErrorIsTerminal)
            return;
        _bytes = paths.Sum(Length);
        _timer = new(_ => Show(), null, Period, Period);
    }

    /// <summary>The next file begins.</summary>
    public void Begin(string path)
    {
        _isQuiet = false;
        _count++;
        _name = Path.GetFileName(path);
        if (_timer is null)
            return;
        _done += _begun;
        _begun = Length(path);
    }

    /// <summary>Makes room for other lines, until the next file.</summary>
    public void Clear()
    {
        _isQuiet = true;
        _status.Clear();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _status.Dispose();
    }

    void Show()
    {
        if (!_isQuiet)
            _status.Show(Line);
    }

    string Line(TimeSpan elapsed)
    {
        var left = _bytes == 0 ? "" : StatusLine.TimeLeft(elapsed, (double)_done / _bytes);
        return $"check: {_name}, {_count:N0} of {_paths.Count:N0} files done"
            + $"{(left.Length > 0 ? ", " : "")}{left}";
    }

    static long Length(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The reader will tell what is wrong with it.
            return 0;
        }
    }
}
