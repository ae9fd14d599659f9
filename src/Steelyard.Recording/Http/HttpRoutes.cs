using System.Diagnostics.CodeAnalysis;
using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>Which requests are operations, and which. Requests of no route are not recorded. To be filled
/// before it is used.</summary>
public sealed class HttpRoutes
{
    readonly List<MappedRoute> _routes = [];

    /// <summary>Adds a route; the first that matches is taken.</summary>
    /// <param name="method">The method, such as <c>PUT</c>.</param>
    /// <param name="template">The whole path, with names in braces for what differs:
    /// <c>/registers/{key}</c>.</param>
    /// <param name="function">The function of its operations, such as <c>write</c>; a word of the model they
    /// are to be judged by.</param>
    /// <param name="route">How they are told; null is as usual.</param>
    /// <exception cref="UserMistakeException">The template is none.</exception>
    public HttpRoutes Map(string method, string template, string function, HttpRoute? route = null)
    {
        _routes.Add(new(method, PathTemplate.Parse(template), function, route ?? new()));
        return this;
    }

    internal bool TryMatch(
        string method, string path, [NotNullWhen(true)] out MappedRoute? route,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? variables)
    {
        foreach (var candidate in _routes)
            if (candidate.Method.Equals(method, StringComparison.OrdinalIgnoreCase)
                && candidate.Template.Match(path) is { } found)
            {
                (route, variables) = (candidate, found);
                return true;
            }

        (route, variables) = (null, null);
        return false;
    }
}
