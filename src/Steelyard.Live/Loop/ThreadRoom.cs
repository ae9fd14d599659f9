namespace Steelyard.Live.Loop;

/// <summary>Lets a process have as many threads as its clients want, also where it was made to have one for
/// the sake of simulated services; they get back their one afterwards.</summary>
internal sealed class ThreadRoom : IDisposable
{
    const int Fewest = 16;
    const int Most = 512;

    readonly (int Workers, int Ports) _least;
    readonly (int Workers, int Ports) _most;

    public ThreadRoom()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        _least = (workers, ports);
        ThreadPool.GetMaxThreads(out workers, out ports);
        _most = (workers, ports);
        ThreadPool.SetMaxThreads(Math.Max(Most, _most.Workers), Math.Max(Most, _most.Ports));
        ThreadPool.SetMinThreads(Math.Max(Fewest, _least.Workers), Math.Max(Fewest, _least.Ports));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ThreadPool.SetMinThreads(_least.Workers, _least.Ports);
        ThreadPool.SetMaxThreads(_most.Workers, _most.Ports);
    }
}
