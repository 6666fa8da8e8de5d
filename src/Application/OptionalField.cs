namespace GameImages.Application;

/// <summary>A value that a request may leave out, which is the default.</summary>
public readonly record struct OptionalField<T>
{
    private OptionalField(T? value)
    {
        IsSet = true;
        Value = value;
    }

    public bool IsSet { get; }

    /// <summary>The new value; null clears.</summary>
    public T? Value { get; }

    public static implicit operator OptionalField<T>(T? value) => new(value);

    /// <returns>The new value, or the current one when the request leaves it out.</returns>
    public T? Or(T? current) => IsSet ? Value : current;
}
